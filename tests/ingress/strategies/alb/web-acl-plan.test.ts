import assert from "node:assert/strict";
import { hasWebAcl, planWebAcl } from "../../../../components/ingress/strategies/alb/web-acl-plan";
import { alb, ingress } from "../../../support/settings";

const plan = (rateLimitPer5Minutes: number | undefined) =>
  planWebAcl(ingress({ name: "shop" }), alb({ rateLimitPer5Minutes }), { team: "a" });

describe("planWebAcl", () => {
  it("plans none without a limit, and none where a limit is taken away", () => {
    assert.deepEqual([plan(undefined), plan(0)], [[], []]);
    assert.deepEqual([hasWebAcl(alb()), hasWebAcl(alb({ rateLimitPer5Minutes: 0 }))], [false, false]);
    assert.ok(hasWebAcl(alb({ rateLimitPer5Minutes: 10 })));
  });

  it("plans one rule for five minutes", () => {
    assert.deepEqual(plan(2000), [
      {
        ...{ name: "web-acl-shop", after: [], ingress: "shop" },
        description: "Limits the requests of a client address to the load balancer of shop",
        ...{ rule: "rate-limit", limit: 2000, windowSeconds: 300, responseCode: 429, tags: { team: "a" } },
      },
    ]);
  });
});
