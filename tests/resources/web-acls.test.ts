import assert from "node:assert/strict";
import type { WebAclPlan } from "../../components/plan/web-acl";
import { makeWebAcls } from "../../components/resources/web-acls";
import { recordMaking } from "../support/resource-registry";

const plan: WebAclPlan = {
  ...{ name: "web-acl-shop", after: [], ingress: "shop", description: "Limits", rule: "rate-limit" },
  ...{ limit: 2000, windowSeconds: 300, responseCode: 429, tags: { team: "a" } },
};

describe("makeWebAcls", () => {
  it("makes a regional web ACL that lets everything through but what exceeds the limit", async () => {
    const { find, result } = await recordMaking((created) => makeWebAcls(created, [plan]));
    const { type, inputs } = find("mesh-web-acl-shop");
    const visibilityConfig = { cloudwatchMetricsEnabled: true, metricName: "rate-limit", sampledRequestsEnabled: true };
    assert.equal(type, "aws:wafv2/webAcl:WebAcl");
    assert.deepEqual(inputs, {
      scope: "REGIONAL",
      description: "Limits",
      defaultAction: { allow: {} },
      rules: [
        {
          ...{ name: "rate-limit", priority: 0, action: { block: { customResponse: { responseCode: 429 } } } },
          statement: { rateBasedStatement: { limit: 2000, evaluationWindowSec: 300, aggregateKeyType: "IP" } },
          visibilityConfig,
        },
      ],
      visibilityConfig,
      tags: { team: "a" },
    });
    assert.deepEqual(Object.keys(result), ["shop"]);
  });

  it("gives another beginning of its name to one of a mesh whose name AWS WAF would refuse", async () => {
    const { find } = await recordMaking((created) => makeWebAcls(created, [plan]), {}, "my.mesh");
    assert.match((find("my.mesh-web-acl-shop").inputs as { namePrefix: string }).namePrefix, /^mesh-my-mesh-/);
  });
});
