import assert from "node:assert/strict";
import type { NodeGroupFacts } from "../../components/plan/facts";
import { type NodeRulesContext, planNodeRules } from "../../components/security/node-rules-plan";

const tags = { Team: "a" };
const groups = (...all: readonly [string, boolean][]): readonly NodeGroupFacts[] =>
  all.map(([securityGroupId, reachedByControlPlane]) => ({ securityGroupId, reachedByControlPlane }));
const plan = (nodes: readonly NodeGroupFacts[], changes: Partial<NodeRulesContext> = {}) =>
  planNodeRules(nodes, { controlPlane: "sg-cluster", hbone: false, everywhere: false, tags, ...changes });
/** `name: port from whom into whom`. */
const told = (...args: Parameters<typeof plan>) =>
  plan(...args).map(({ name, port, peer, securityGroupId }) => {
    const from = "securityGroupId" in peer ? String(peer.securityGroupId) : "an address";
    return `${name}: ${String(port)} from ${from} into ${String(securityGroupId)}`;
  });

describe("planNodeRules", () => {
  it("lets the control plane in to 15017 on nodes that would keep it out: no pod could be injected", () => {
    const [rule] = plan(groups(["sg-a", false]));
    assert.deepEqual(rule, {
      name: "webhook-rule-0",
      after: [],
      direction: "ingress",
      securityGroupId: "sg-a",
      port: 15017,
      peer: { securityGroupId: "sg-cluster" },
      description: "EKS control plane to istiod's webhooks",
      tags,
    });
  });

  it("lets the mesh through from node to node, and nothing of the applications", () => {
    const [, ...rules] = plan(groups(["sg-a", false]));
    assert.deepEqual(rules[0], {
      name: "node-rule-0/15012-from-0",
      after: [],
      direction: "ingress",
      securityGroupId: "sg-a",
      port: 15012,
      peer: { securityGroupId: "sg-a" },
      description: "Istio between nodes, istiod",
      tags,
    });
    assert.deepEqual(
      rules.map(({ port }) => port),
      [15012, 15014, 15020],
    );
    const [added] = plan(groups(["sg-a", false]), { hbone: true }).filter(({ port }) => port === 15008);
    assert.equal(added?.description, "Istio between nodes, HBONE");
  });

  it("does so between any two groups, in both directions, each rule under a name of its own", () => {
    const rules = told(groups(["sg-a", false], ["sg-b", false])).filter((rule) => rule.includes(": 15012"));
    assert.deepEqual(rules, [
      "node-rule-0/15012-from-0: 15012 from sg-a into sg-a",
      "node-rule-0/15012-from-1: 15012 from sg-b into sg-a",
      "node-rule-1/15012-from-0: 15012 from sg-a into sg-b",
      "node-rule-1/15012-from-1: 15012 from sg-b into sg-b",
    ]);
    const names = plan(groups(["sg-a", false], ["sg-b", false]), { hbone: true }).map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
  });

  it("leaves the cluster security group alone, in which all is open already", () => {
    assert.deepEqual(plan(groups(["sg-cluster", true])), []);
  });

  it("opens it to groups that it does not know", () => {
    const rules = told(groups(["sg-cluster", true], ["sg-a", false]));
    const ofIstiod = rules.filter((rule) => /15017|15012/.test(rule));
    assert.deepEqual(ofIstiod, [
      "webhook-rule-0: 15017 from sg-cluster into sg-a",
      "node-rule-0/15012-from-1: 15012 from sg-a into sg-cluster",
      "node-rule-1/15012-from-0: 15012 from sg-cluster into sg-a",
      "node-rule-1/15012-from-1: 15012 from sg-a into sg-a",
    ]);
  });

  it("opens all of them where that is asked for: somebody may have trimmed the cluster security group", () => {
    assert.deepEqual(told(groups(["sg-cluster", true]), { everywhere: true }), [
      "webhook-rule-0: 15017 from sg-cluster into sg-cluster",
      "node-rule-0/15012-from-0: 15012 from sg-cluster into sg-cluster",
      "node-rule-0/15014-from-0: 15014 from sg-cluster into sg-cluster",
      "node-rule-0/15020-from-0: 15020 from sg-cluster into sg-cluster",
    ]);
  });
});
