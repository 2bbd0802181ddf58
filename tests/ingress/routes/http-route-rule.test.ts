import assert from "node:assert/strict";
import { planRules } from "../../../components/ingress/routes/http-route-rule";
import { anyRequest, plainPolicy, route } from "../../support/settings";

describe("planRules", () => {
  it("is one rule with a match for each method", () => {
    const rules = planRules(route({ match: { ...anyRequest, methods: ["GET", "POST"] } }), "shop");
    const path = { type: "PathPrefix", value: "/" };
    assert.deepEqual(rules, [
      {
        matches: [
          { path, method: "GET" },
          { path, method: "POST" },
        ],
        backendRefs: [{ name: "web", port: 8080, weight: 100 }],
      },
    ]);
  });

  it("is a rule for each method where a prefix is replaced: the Gateway API wants one match there", () => {
    const policy = { ...plainPolicy, rewritePath: "/" };
    const match = { ...anyRequest, methods: ["GET", "POST"] };
    assert.equal(planRules(route({ path: "/a", match, policy }), "shop").length, 2);
    assert.equal(planRules(route({ path: "/a", match: { ...match, pathType: "exact" }, policy }), "shop").length, 1);
  });

  it("names the namespace of what is not beside it", () => {
    assert.deepEqual(planRules(route(), "other")[0]?.["backendRefs"], [
      { name: "web", namespace: "shop", port: 8080, weight: 100 },
    ]);
  });
});
