import assert from "node:assert/strict";
import { type HealthCheckArgs, healthCheckShape, resolveHealthCheck } from "../../components/ingress/health-check-args";
import { strategies } from "../../components/ingress/strategies";
import { checkShape } from "../../components/inputs/shape";
import type { IngressStrategy } from "../../components/plan/enums";
import { onlyProblem, placesOf } from "../support/settings";

const resolve = (args: HealthCheckArgs, strategy: IngressStrategy = "nlb") =>
  resolveHealthCheck(args, { path: "ingress.healthCheck", strategy: strategies[strategy] });

describe("resolveHealthCheck", () => {
  it("asks every 10 seconds, waits 5, and believes three answers", () => {
    assert.deepEqual(resolve({}), {
      settings: { healthyThreshold: 3, unhealthyThreshold: 3, timeoutSeconds: 5, intervalSeconds: 10 },
      problems: [],
      warnings: [],
    });
  });

  it("keeps what is given", () => {
    const args = { healthyThreshold: 2, unhealthyThreshold: 4, timeoutSeconds: 6, intervalSeconds: 30 };
    assert.deepEqual(resolve(args).settings, args);
  });

  it("wants the timeout below the interval with an ALB; an NLB takes both equal", () => {
    const equal = { timeoutSeconds: 10, intervalSeconds: 10 };
    assert.deepEqual(placesOf(resolve(equal, "nlb")), []);
    assert.deepEqual(onlyProblem(resolve(equal, "alb")), {
      path: "ingress.healthCheck.timeoutSeconds",
      given: "10",
      allowed: "at most 9, with an interval of 10 seconds",
      suggestion: "lower timeoutSeconds or raise intervalSeconds",
    });
    assert.deepEqual(placesOf(resolve({ ...equal, timeoutSeconds: 9 }, "alb")), []);
    assert.match(onlyProblem(resolve({ ...equal, timeoutSeconds: 11 }, "nlb")).allowed, /^at most 10,/);
  });

  it("sees that an interval alone may be shorter than the default timeout", () => {
    assert.deepEqual(placesOf(resolve({ intervalSeconds: 5 }, "alb")), ["ingress.healthCheck.timeoutSeconds"]);
  });
});

describe("healthCheckShape", () => {
  const reported = (args: object) => checkShape(healthCheckShape, args).problems.map(({ path }) => path);

  it("has Elastic Load Balancing's limits", () => {
    const least = { healthyThreshold: 2, unhealthyThreshold: 2, timeoutSeconds: 2, intervalSeconds: 5 };
    const most = { healthyThreshold: 10, unhealthyThreshold: 10, timeoutSeconds: 120, intervalSeconds: 300 };
    const members = Object.keys(least);
    assert.deepEqual(reported(least), []);
    assert.deepEqual(reported(most), []);
    assert.deepEqual(
      reported(Object.fromEntries(Object.entries(least).map(([key, value]) => [key, value - 1]))),
      members,
    );
    assert.deepEqual(
      reported(Object.fromEntries(Object.entries(most).map(([key, value]) => [key, value + 1]))),
      members,
    );
  });

  it("has no path and no port to set: the gateway answers on 15021 /healthz/ready only", () => {
    assert.deepEqual(reported({ path: "/", port: 80 }), ["path", "port"]);
  });
});
