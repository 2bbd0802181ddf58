import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { ec2Description } from "../../components/inputs/aws/ec2-description";
import type { SecurityGroupRulePlan } from "../../components/plan/security-group";
import { makeRules, makeSecurityGroups } from "../../components/resources/security-groups";
import { recordMaking } from "../support/resource-registry";

const rule: SecurityGroupRulePlan = {
  ...{ name: "rule", after: [], direction: "ingress", securityGroupId: "sg-ours", port: 80 },
  ...{ peer: { cidrIpv4: "10.0.0.0/8" }, description: ec2Description("Clients"), tags: { owner: "shop" } },
};
const inputsOf = async (changed: Partial<SecurityGroupRulePlan>) => {
  const { find } = await recordMaking((created) => makeRules(created, [{ ...rule, ...changed }]));
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

  it("opens it to a prefix list", async () => {
    assert.deepEqual((await inputsOf({ peer: { prefixListId: "pl-1" } })).inputs, { ...common, prefixListId: "pl-1" });
  });

  it("makes a rule for each range of a list, and lets others come after all of them, however many there are", async () => {
    const ranges = pulumi.output(["100.64.0.0/16", "100.65.0.0/16"]);
    const { find, resources } = await recordMaking((created) => {
      makeRules(created, [{ ...rule, name: "rule-vpc", peer: { cidrsIpv4: ranges } }]);
      makeRules(created, [{ ...rule, name: "after", after: ["rule-vpc"] }]);
      assert.deepEqual(created.names(), ["after", "rule-vpc"]);
    });
    const names = ["mesh-rule-vpc-100.64.0.0/16", "mesh-rule-vpc-100.65.0.0/16"];
    assert.deepEqual(find("mesh-rule-vpc-100.65.0.0/16").inputs, { ...common, cidrIpv4: "100.65.0.0/16" });
    assert.deepEqual([...find("mesh-after").dependsOn].sort(), names);
    assert.equal(resources.filter(({ name }) => name.startsWith("mesh-rule-vpc")).length, 2);
  });

  it("makes a rule for each IPv6 range of a list", async () => {
    const peer = { cidrsIpv6: pulumi.output(["2001:db8:42::/56"]) };
    const { find } = await recordMaking((created) => {
      makeRules(created, [{ ...rule, name: "rule-six", peer }]);
    });
    assert.deepEqual(find("mesh-rule-six-2001:db8:42::/56").inputs, { ...common, cidrIpv6: "2001:db8:42::/56" });
  });

  it("takes a port that Kubernetes will pick", async () => {
    const { inputs } = await inputsOf({ port: pulumi.output(30080) });
    assert.deepEqual(inputs, { ...common, fromPort: 30080, toPort: 30080, cidrIpv4: "10.0.0.0/8" });
  });
});

describe("makeSecurityGroups", () => {
  const plan = {
    ...{ name: "security-group-shop", after: [], ingress: "shop", vpcId: "vpc-1" },
    ...{ description: ec2Description("Load balancer"), tags: {} },
  };
  const common = { vpcId: "vpc-1", description: "Load balancer", tags: {} };
  const groupIn = async (mesh: string) => {
    const { find } = await recordMaking((created) => makeSecurityGroups(created, [plan]), {}, mesh);
    return find(`${mesh}-security-group-shop`).inputs;
  };

  it("leaves the name to Pulumi", async () => assert.deepEqual(await groupIn("mesh"), common));

  it("gives a prefix of its own where EC2 would refuse the mesh's name", async () => {
    assert.deepEqual(await groupIn("sg-mesh"), { ...common, namePrefix: "mesh-sg-mesh-security-group-shop-cc5f753-" });
  });
});
