import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { SecurityGroupRulePlan } from "../../components/plan/security-group";
import { makeRules } from "../../components/resources/security-groups";
import { recordMaking } from "../support/made";

const rule: SecurityGroupRulePlan = {
  ...{ name: "rule", after: [], direction: "ingress", securityGroupId: "sg-ours", port: 80 },
  ...{ peer: { cidrIpv4: "10.0.0.0/8" }, description: "Clients", tags: { owner: "shop" } },
};
const inputsOf = async (changed: Partial<SecurityGroupRulePlan>) => {
  const { find } = await recordMaking((made) => makeRules(made, [{ ...rule, ...changed }]));
  return { type: find("mesh-rule").type.split(":")[2], inputs: find("mesh-rule").inputs };
};

describe("makeRules", () => {
  const common = {
    ...{ securityGroupId: "sg-ours", ipProtocol: "tcp", fromPort: 80, toPort: 80 },
    ...{ description: "Clients", tags: { owner: "shop" } },
  };

  it("opens one TCP port to a range of addresses of either kind", async () => {
    assert.deepEqual(await inputsOf({}), {
      type: "SecurityGroupIngressRule",
      inputs: { ...common, cidrIpv4: "10.0.0.0/8" },
    });
    assert.deepEqual((await inputsOf({ peer: { cidrIpv6: "::/0" } })).inputs, { ...common, cidrIpv6: "::/0" });
  });

  it("opens the way out to another group, which AWS calls the referenced one", async () => {
    assert.deepEqual(await inputsOf({ direction: "egress", peer: { securityGroupId: "sg-nodes" } }), {
      type: "SecurityGroupEgressRule",
      inputs: { ...common, referencedSecurityGroupId: "sg-nodes" },
    });
  });

  it("takes a port that Kubernetes will pick", async () => {
    const { inputs } = await inputsOf({ port: pulumi.output(30080) });
    assert.deepEqual(inputs, { ...common, fromPort: 30080, toPort: 30080, cidrIpv4: "10.0.0.0/8" });
  });
});
