import assert from "node:assert/strict";
import type { IstioMeshArgs } from "../../components";
import { planMeshNodeRules } from "../../components/security/mesh-node-rules-plan";
import { clusterFacts, settingsOf } from "../support/settings";

type Args = Partial<IstioMeshArgs>;
const ambient: Args = { mode: "ambient" };

describe("planMeshNodeRules", () => {
  const facts = { ...clusterFacts, nodeGroups: () => [{ securityGroupId: "sg-n", reachedByControlPlane: false }] };
  const cluster = { name: "prod", nodeSecurityGroupIds: ["sg-0123456789abcdef0"] };
  const ports = (args: Args, of = facts) => planMeshNodeRules(settingsOf(args), of).map(({ port }) => port);

  it("opens groups of nodes that the user names, for the webhooks and for the mesh itself", () => {
    assert.deepEqual(ports({ cluster }), [15017, 15012, 15014, 15020]);
    assert.deepEqual(ports({ ...ambient, cluster }), [15017, 15012, 15014, 15020, 15008]);
    const [rule] = planMeshNodeRules(settingsOf({ cluster, tags: { Team: "a" } }), facts);
    assert.deepEqual([rule?.securityGroupId, rule?.tags], ["sg-n", { Team: "a" }]);
  });

  it("adds none to groups that EKS or Pulumi made, and none for an istiod that is not ours", () => {
    assert.deepEqual(ports({}), []);
    assert.deepEqual(ports({ cluster, istio: { profile: "empty" } }), []);
  });

  it("adds them always, or never, where the user says so", () => {
    const reached = { ...facts, nodeGroups: () => [{ securityGroupId: "sg-n", reachedByControlPlane: true }] };
    assert.deepEqual(ports({ cluster }, reached), []);
    assert.deepEqual(ports({ security: { nodeRules: "always" } }, reached), [15017, 15012, 15014, 15020]);
    assert.deepEqual(ports({ cluster, security: { nodeRules: "never" } }), []);
  });
});
