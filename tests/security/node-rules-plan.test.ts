import assert from "node:assert/strict";
import type { NodeGroupFacts } from "../../components/plan/facts";
import {
  type NodeRulesContext,
  planGatewayNodeRules,
  planNodeRules,
  planNodePortPaths,
  planMeshNodeRules,
} from "../../components/security/node-rules-plan";
import type { IngressArgs, IstioMeshArgs } from "../../components";
import { arn, clusterFacts, settingsOf } from "../support/settings";

const tags = { Team: "a" };
const groups = (...all: readonly [string, boolean][]): readonly NodeGroupFacts[] =>
  all.map(([securityGroupId, reachedByControlPlane]) => ({ securityGroupId, reachedByControlPlane }));
const plan = (nodes: readonly NodeGroupFacts[], changes: Partial<NodeRulesContext> = {}) =>
  planNodeRules(nodes, { controlPlane: "sg-cluster", hbone: false, everywhere: false, tags, ...changes });
/** `name: port from whom into whom`. */
const reported = (...args: Parameters<typeof plan>) =>
  plan(...args).map(({ name, port, peer, securityGroupId }) => {
    const from = "securityGroupId" in peer ? String(peer.securityGroupId) : "an address";
    return `${name}: ${String(port)} from ${from} into ${String(securityGroupId)}`;
  });

describe("planNodeRules", () => {
  it("lets the control plane in to 15017 on nodes that would keep it out: no pod could be injected", () => {
    const [rule] = plan(groups(["sg-a", false]));
    assert.deepEqual(rule, {
      name: "webhook-rule-0",
      formerNames: ["webhook-rule-sg-a"],
      after: [],
      direction: "ingress",
      securityGroupId: "sg-a",
      port: 15017,
      peer: { securityGroupId: "sg-cluster" },
      description: "EKS control plane to the webhooks of istiod",
      tags,
    });
  });

  it("lets the mesh through from node to node, and nothing of the applications", () => {
    const [, ...rules] = plan(groups(["sg-a", false]));
    assert.deepEqual(rules[0], {
      name: "node-rule-0/15012-from-0",
      formerNames: ["node-rule-0/15012-from-sg-a", "node-rule-sg-a/15012-from-0", "node-rule-sg-a/15012-from-sg-a"],
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
    const rules = reported(groups(["sg-a", false], ["sg-b", false])).filter((rule) => rule.includes(": 15012"));
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
    const rules = reported(groups(["sg-cluster", true], ["sg-a", false]));
    const ofIstiod = rules.filter((rule) => /15017|15012/.test(rule));
    assert.deepEqual(ofIstiod, [
      "webhook-rule-0: 15017 from sg-cluster into sg-a",
      "node-rule-0/15012-from-1: 15012 from sg-a into sg-cluster",
      "node-rule-1/15012-from-0: 15012 from sg-cluster into sg-a",
      "node-rule-1/15012-from-1: 15012 from sg-a into sg-a",
    ]);
  });

  it("opens all of them where that is asked for: somebody may have trimmed the cluster security group", () => {
    assert.deepEqual(reported(groups(["sg-cluster", true]), { everywhere: true }), [
      "webhook-rule-0: 15017 from sg-cluster into sg-cluster",
      "node-rule-0/15012-from-0: 15012 from sg-cluster into sg-cluster",
      "node-rule-0/15014-from-0: 15014 from sg-cluster into sg-cluster",
      "node-rule-0/15020-from-0: 15020 from sg-cluster into sg-cluster",
    ]);
  });
});

describe("The names of node rules", () => {
  const named = (...ids: readonly string[]): readonly NodeGroupFacts[] =>
    ids.map((id) => ({ securityGroupId: id, id, reachedByControlPlane: false }));
  /** Each rule's content by its logical name. */
  const byName = (nodes: readonly NodeGroupFacts[]) =>
    new Map(
      plan(nodes).map(({ name, port, securityGroupId, peer }) => [name, JSON.stringify([port, securityGroupId, peer])]),
    );

  it("carry the ids of the groups; with places, and with each of them, they are former names", () => {
    const rules = plan(named("sg-a", "sg-b")).filter(({ port }) => port === 15012 || port === 15017);
    assert.deepEqual(
      rules.map(({ name, formerNames }) => [name, formerNames]),
      [
        ["webhook-rule-sg-a", ["webhook-rule-0"]],
        ["webhook-rule-sg-b", ["webhook-rule-1"]],
        [
          "node-rule-sg-a/15012-from-sg-a",
          ["node-rule-sg-a/15012-from-0", "node-rule-0/15012-from-sg-a", "node-rule-0/15012-from-0"],
        ],
        [
          "node-rule-sg-a/15012-from-sg-b",
          ["node-rule-sg-a/15012-from-1", "node-rule-0/15012-from-sg-b", "node-rule-0/15012-from-1"],
        ],
        [
          "node-rule-sg-b/15012-from-sg-a",
          ["node-rule-sg-b/15012-from-0", "node-rule-1/15012-from-sg-a", "node-rule-1/15012-from-0"],
        ],
        [
          "node-rule-sg-b/15012-from-sg-b",
          ["node-rule-sg-b/15012-from-1", "node-rule-1/15012-from-sg-b", "node-rule-1/15012-from-1"],
        ],
      ],
    );
  });

  it("stay with their content when the list has another order or one group less: AWS refuses the same rule twice", () => {
    const was = byName(named("sg-a", "sg-b"));
    for (const now of [named("sg-b", "sg-a"), named("sg-b"), named("sg-c", "sg-a")]) {
      for (const [name, content] of byName(now)) {
        const same = [...was].filter(([, other]) => other === content).map(([other]) => other);
        assert.deepEqual(same, was.has(name) ? [name] : []);
      }
    }
  });

  it("carry places where ids are known later, beside ids that are known", () => {
    const later = { securityGroupId: Promise.resolve("sg-x"), reachedByControlPlane: false };
    const rules = plan([later, ...named("sg-b")]).filter(({ port }) => port === 15012);
    assert.deepEqual(
      rules.map(({ name }) => name),
      [
        "node-rule-0/15012-from-0",
        "node-rule-0/15012-from-sg-b",
        "node-rule-sg-b/15012-from-0",
        "node-rule-sg-b/15012-from-sg-b",
      ],
    );
  });
});

describe("planGatewayNodeRules", () => {
  const reported = (nodes: readonly NodeGroupFacts[], everywhere = false) =>
    planGatewayNodeRules(nodes, { ports: [80, 15021], everywhere, tags }).map(
      ({ name, port, peer, securityGroupId }) =>
        `${name}: ${String(port)} from ${JSON.stringify(peer)} into ${String(securityGroupId)}`,
    );

  it("opens the pods' ports within a group that the user names: a node port leads to pods of other nodes", () => {
    const [rule] = planGatewayNodeRules(groups(["sg-a", false]), { ports: [80], everywhere: false, tags });
    assert.deepEqual(rule, {
      name: "node-rule-0/80-from-0",
      formerNames: ["node-rule-0/80-from-sg-a", "node-rule-sg-a/80-from-0", "node-rule-sg-a/80-from-sg-a"],
      after: [],
      direction: "ingress",
      securityGroupId: "sg-a",
      port: 80,
      peer: { securityGroupId: "sg-a" },
      description: "Istio gateways between nodes, node ports to port 80",
      tags,
    });
  });

  it("opens them between any two groups, but not within the cluster security group, which is open to itself", () => {
    assert.deepEqual(reported(groups(["sg-cluster", true])), []);
    assert.deepEqual(reported(groups(["sg-cluster", true], ["sg-pulumi", true])), [
      'node-rule-0/80-from-1: 80 from {"securityGroupId":"sg-pulumi"} into sg-cluster',
      'node-rule-0/15021-from-1: 15021 from {"securityGroupId":"sg-pulumi"} into sg-cluster',
      'node-rule-1/80-from-0: 80 from {"securityGroupId":"sg-cluster"} into sg-pulumi',
      'node-rule-1/15021-from-0: 15021 from {"securityGroupId":"sg-cluster"} into sg-pulumi',
    ]);
  });

  it("opens them everywhere where that is asked for", () => {
    assert.equal(reported(groups(["sg-cluster", true]), true).length, 2);
  });
});

describe("planNodePortPaths", () => {
  const id = "sg-0123456789abcdef0";
  const cluster = { name: "prod", nodeSecurityGroupIds: [id] };
  const facts = { ...clusterFacts, nodeGroups: () => [{ securityGroupId: id, id, reachedByControlPlane: false }] };
  const ports = (ingress: IngressArgs, rest: object = {}) =>
    planNodePortPaths(settingsOf({ cluster, ingress, ...rest }), facts).map(({ port }) => port);

  it("opens every port of the gateway's pods behind an ALB, or an NLB with instance targets", () => {
    assert.deepEqual(ports({ strategy: "alb" }), [80, 15021]);
    assert.deepEqual(ports({ strategy: "nlb", nlb: { targetType: "instance" } }), [80, 443, 15021]);
  });

  it("opens a port once, whichever ingresses use it", () => {
    const tls = { certificateArn: arn, secretName: "shop-tls" };
    const shop = { strategy: "alb", hostnames: ["b.example.com"], tls, alb: { backendProtocol: "HTTPS" } };
    assert.deepEqual(ports({ strategy: "alb" }, { additionalIngresses: { shop } }), [80, 443, 15021]);
  });

  it("opens nothing for an NLB whose targets are the pods themselves", () => {
    assert.deepEqual(ports({ strategy: "nlb" }), []);
  });

  it("opens nothing where the user has these rules already, and everything where that is asked for", () => {
    assert.deepEqual(ports({ strategy: "alb" }, { security: { nodeRules: "never" } }), []);
    const settings = settingsOf({ ingress: { strategy: "alb" }, security: { nodeRules: "always" } });
    assert.equal(planNodePortPaths(settings, clusterFacts).length, 2);
    assert.deepEqual(planNodePortPaths(settingsOf({ ingress: { strategy: "alb" } }), clusterFacts), []);
  });

  it("opens it also where someone else runs Istio: the load balancer is ours", () => {
    assert.deepEqual(ports({ strategy: "alb" }, { istio: { profile: "empty" } }), [80, 15021]);
  });
});

describe("planMeshNodeRules", () => {
  type Args = Partial<IstioMeshArgs>;
  const ambient: Args = { mode: "ambient" };

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
