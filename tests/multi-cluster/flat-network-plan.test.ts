import assert from "node:assert/strict";
import type { NodeGroupFacts } from "../../components/plan/facts";
import type { ClientRange } from "../../components/plan/ingress-settings";
import { planFlatNetworkRules } from "../../components/multi-cluster/flat-network-plan";
import { clusterFacts } from "../support/settings";

const tags = { Team: "a" };
const range: ClientRange = { kind: "ipv4", cidr: "10.1.0.0/16" };
const named: NodeGroupFacts = { securityGroupId: "sg-a", id: "sg-a", reachedByControlPlane: false };
const later: NodeGroupFacts = { securityGroupId: Promise.resolve("sg-b"), reachedByControlPlane: false };
const plan = (peers: readonly ClientRange[], nodeGroups: readonly NodeGroupFacts[] = [named]) =>
  planFlatNetworkRules(peers, { ...clusterFacts, nodeGroups: () => nodeGroups }, tags);
const namesOf = (...args: Parameters<typeof plan>) => plan(...args).map(({ name }) => name);

describe("planFlatNetworkRules", () => {
  it("lets pods of peers in on every TCP port", () => {
    assert.deepEqual(plan([range]), [
      {
        name: "flat-network-rule-sg-a/from-10.1.0.0/16",
        formerNames: ["flat-network-rule-0/from-10.1.0.0/16"],
        after: [],
        direction: "ingress",
        securityGroupId: "sg-a",
        port: 0,
        lastPort: 65535,
        peer: { cidrIpv4: "10.1.0.0/16" },
        description: "Istio, pods of other clusters",
        tags,
      },
    ]);
  });

  it("does so for each peer in each group of nodes", () => {
    const peers: readonly ClientRange[] = [
      range,
      { kind: "ipv6", cidr: "2001:db8::/48" },
      { kind: "security-group", id: "sg-peer" },
    ];
    const rules = plan(peers, [named, later]);
    assert.equal(rules.length, 6);
    assert.deepEqual(
      rules.slice(0, 3).map(({ peer }) => peer),
      [{ cidrIpv4: "10.1.0.0/16" }, { cidrIpv6: "2001:db8::/48" }, { securityGroupId: "sg-peer" }],
    );
    assert.equal(new Set(rules.map(({ name }) => name)).size, 6);
  });

  it("names groups and peers by their ids, and by their places where the ids are known later", () => {
    const peer: ClientRange = { kind: "security-group", id: Promise.resolve("sg-peer") };
    assert.deepEqual(namesOf([range, peer], [named, later]), [
      "flat-network-rule-sg-a/from-10.1.0.0/16",
      "flat-network-rule-sg-a/from-security-group-1",
      "flat-network-rule-1/from-10.1.0.0/16",
      "flat-network-rule-1/from-security-group-1",
    ]);
  });

  it("plans nothing without peers or without groups of nodes", () => {
    assert.deepEqual(plan([]), []);
    assert.deepEqual(plan([range], []), []);
  });
});
