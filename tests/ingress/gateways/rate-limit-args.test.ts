import assert from "node:assert/strict";
import { rateLimitShape, resolveRateLimit } from "../../../components/ingress/gateways/rate-limit-args";
import { checkShape } from "../../../components/inputs/shape";

describe("rateLimitShape", () => {
  const pathsOf = (args: object) => checkShape(rateLimitShape, args).problems.map(({ path }) => path);

  it("needs a number of requests above none", () => {
    assert.deepEqual(pathsOf({ requestsPerSecond: 1, burst: 1_000_000 }), []);
    assert.deepEqual(pathsOf({}), ["requestsPerSecond"]);
    assert.deepEqual(pathsOf({ requestsPerSecond: 0, burst: 1_000_001 }), ["requestsPerSecond", "burst"]);
  });
});

describe("resolveRateLimit", () => {
  it("sets no limit by itself", () => {
    assert.deepEqual(resolveRateLimit(undefined, "ingress.rateLimit"), {
      ...{ settings: undefined, problems: [], warnings: [] },
    });
  });

  it("takes the burst, or as many as a second has", () => {
    assert.deepEqual(resolveRateLimit({ requestsPerSecond: 5 }, "p").settings, { requestsPerSecond: 5, burst: 5 });
    assert.deepEqual(resolveRateLimit({ requestsPerSecond: 5, burst: 9 }, "p").settings, {
      ...{ requestsPerSecond: 5, burst: 9 },
    });
  });

  it("refuses a bucket that is smaller than what flows through it", () => {
    const { problems } = resolveRateLimit({ requestsPerSecond: 5, burst: 4 }, "ingress.rateLimit");
    assert.deepEqual(
      problems.map(({ path }) => path),
      ["ingress.rateLimit.burst"],
    );
  });
});
