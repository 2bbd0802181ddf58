import assert from "node:assert/strict";
import type { ClusterFacts } from "../../../components/plan/facts";
import {
  planClientRules,
  planSecurityGroup,
  planTargetRules,
  type RuleContext,
} from "../../../components/ingress/clients/security-group-plan";
import type { ClientRange } from "../../../components/plan/ingress-settings";
import type { RulePeer, SecurityGroupRulePlan } from "../../../components/plan/security-group";
import { clusterFacts, ingress } from "../../support/settings";

const tags = { Team: "a" };
const shop = ingress({ name: "shop" });
const context = (changes: Partial<RuleContext> = {}): RuleContext => ({
  ingress: shop,
  securityGroupId: "sg-lb",
  facts: clusterFacts,
  tags,
  ...changes,
});
const nodes = (...groups: readonly [string, boolean][]): ClusterFacts => ({
  ...clusterFacts,
  nodeGroups: () =>
    groups.map(([securityGroupId, reachedByControlPlane]) => ({ securityGroupId, reachedByControlPlane })),
});

describe("planSecurityGroup", () => {
  it("makes a group of our own in the cluster's VPC, so that no controller makes one and leaves it behind", () => {
    assert.deepEqual(planSecurityGroup(shop, clusterFacts, tags), {
      name: "security-group-shop",
      after: [],
      ingress: "shop",
      vpcId: "vpc-1",
      description: "Load balancer of the Istio ingress shop",
      tags: { Name: "shop", Team: "a" },
    });
  });

  it("lets the user call it otherwise", () => {
    assert.equal(planSecurityGroup(shop, clusterFacts, { Name: "front-end" }).tags["Name"], "front-end");
  });

  it("never carries the cluster's tag: two tagged groups on one node make the controller give up", () => {
    const { tags: written } = planSecurityGroup(shop, clusterFacts, tags);
    assert.ok(!Object.keys(written).some((key) => key.startsWith("kubernetes.io/cluster/")));
  });
});

describe("planClientRules", () => {
  const http = { name: "http", port: 80 } as const;
  const https = { name: "https", port: 443 } as const;
  const rules = (...clients: readonly ClientRange[]) =>
    planClientRules(context({ ingress: { ...shop, clients } }), [http, https]);

  it("lets each client in on each listener, and nowhere else", () => {
    const office = { kind: "ipv4", cidr: "203.0.113.0/24" } as const;
    assert.deepEqual(rules(office), [
      {
        name: "rule-shop/http-from-203.0.113.0/24",
        after: [],
        direction: "ingress",
        securityGroupId: "sg-lb",
        port: 80,
        peer: { cidrIpv4: "203.0.113.0/24" },
        description: "Clients, http",
        tags,
      },
      {
        name: "rule-shop/https-from-203.0.113.0/24",
        after: [],
        direction: "ingress",
        securityGroupId: "sg-lb",
        port: 443,
        peer: { cidrIpv4: "203.0.113.0/24" },
        description: "Clients, https",
        tags,
      },
    ]);
  });

  it("lets all of the VPC's own ranges in where nobody else is named, whatever they turn out to be", () => {
    const secondary = Promise.resolve(["100.64.0.0/16"]);
    const further = Promise.resolve(["2001:db8:42::/56"]);
    const facts = { ...clusterFacts, vpcSecondaryCidrs: () => secondary, vpcSecondaryIpv6Cidrs: () => further };
    const listOf = (peer: RulePeer) => {
      if ("cidrsIpv4" in peer) return { cidrsIpv4: peer.cidrsIpv4 };
      return "cidrsIpv6" in peer ? { cidrsIpv6: peer.cidrsIpv6 } : peer;
    };
    const peers = (changes: object) =>
      planClientRules(context({ facts, ingress: { ...shop, clients: [{ kind: "vpc" }], ...changes } }), [http]).map(
        ({ name, peer }) => [name, listOf(peer)],
      );
    const ipv4 = [
      ["rule-shop/http-from-vpc", { cidrIpv4: "10.0.0.0/16" }],
      ["rule-shop/http-from-vpc-secondary", { cidrsIpv4: secondary }],
    ];
    assert.deepEqual(peers({}), ipv4);
    const ipv6 = [
      ["rule-shop/http-from-vpc-ipv6", { cidrIpv6: "2001:db8:1234:1a00::/56" }],
      ["rule-shop/http-from-vpc-ipv6-secondary", { cidrsIpv6: further }],
    ];
    assert.deepEqual(peers({ ipAddressType: "dualstack" }), [...ipv4, ...ipv6]);
  });

  it("knows prefix lists and groups of clients by their ids, or by their places where ids are known later", () => {
    const later = Promise.resolve("pl-later");
    const reported = rules(
      { kind: "prefix-list", id: "pl-4fa04526" },
      { kind: "prefix-list", id: later },
      { kind: "security-group", id: "sg-0123456789abcdef0" },
      { kind: "security-group", id: later },
    );
    assert.deepEqual(
      reported.filter(({ port }) => port === 443).map(({ name, peer }) => [name, peer]),
      [
        ["rule-shop/https-from-pl-4fa04526", { prefixListId: "pl-4fa04526" }],
        ["rule-shop/https-from-prefix-list-1", { prefixListId: later }],
        ["rule-shop/https-from-sg-0123456789abcdef0", { securityGroupId: "sg-0123456789abcdef0" }],
        ["rule-shop/https-from-security-group-3", { securityGroupId: later }],
      ],
    );
  });

  it("lets the ranges that may be the VPC's take the place of the default's rules: AWS refuses the same rule twice", () => {
    const former = (changes: object, ...clients: readonly ClientRange[]) =>
      planClientRules(context({ ingress: { ...shop, clients, ...changes } }), [http]).map(
        ({ name, formerNames, after }) => [name, formerNames, after],
      );
    const ipv4 = (cidr: string) => ({ kind: "ipv4", cidr }) as const;
    const ipv6 = (cidr: string) => ({ kind: "ipv6", cidr }) as const;
    const rule = (from: string) => `rule-shop/http-from-${from}`;
    assert.deepEqual(former({}, ipv4("203.0.113.0/24"), ipv4("10.0.0.0/16"), ipv4("10.1.0.0/16")), [
      [rule("203.0.113.0/24"), undefined, []],
      [rule("10.0.0.0/16"), [rule("vpc"), rule("vpc-secondary-10.0.0.0/16")], []],
      [rule("10.1.0.0/16"), [rule("vpc-secondary-10.1.0.0/16")], [rule("10.0.0.0/16")]],
    ]);
    assert.deepEqual(former({}, ipv6("2001:db8::/56"), ipv6("2001:db8:1::/56")), [
      [rule("2001:db8::/56"), [rule("vpc-ipv6"), rule("vpc-ipv6-secondary-2001:db8::/56")], []],
      [rule("2001:db8:1::/56"), [rule("vpc-ipv6-secondary-2001:db8:1::/56")], [rule("2001:db8::/56")]],
    ]);
    const none = [rule("10.0.0.0/16"), undefined, []];
    assert.deepEqual(former({ scheme: "internet-facing" }, ipv4("10.0.0.0/16")), [none]);
    assert.deepEqual(former({}, ipv4("10.0.0.0/8")), [[rule("10.0.0.0/8"), undefined, []]]);
  });

  it("lets the default's rules take the place of those of the VPC's ranges, once nobody is named", () => {
    const [vpc, secondary, ipv6, further] = planClientRules(
      context({ ingress: { ...shop, clients: [{ kind: "vpc" }], ipAddressType: "dualstack" } }),
      [http],
    );
    assert.deepEqual(vpc?.formerNames, ["rule-shop/http-from-10.0.0.0/16"]);
    const formerName = (rule: SecurityGroupRulePlan | undefined, range: string) =>
      rule !== undefined && "formerName" in rule.peer ? rule.peer.formerName?.(range) : undefined;
    assert.equal(formerName(secondary, "100.64.0.0/16"), "rule-shop/http-from-100.64.0.0/16");
    assert.equal(formerName(further, "2001:db8:42::/56"), "rule-shop/http-from-2001:db8:42::/56");
    assert.deepEqual(ipv6?.formerNames, ["rule-shop/http-from-2001:db8:1234:1a00::/56"]);
  });

  it("names the rules of a listener that the user names by its port", () => {
    const kafka = { name: "kafka", port: 9094, ruleName: "port-9094" };
    const [rule] = planClientRules(context({ ingress: { ...shop, clients: [{ kind: "ipv4", cidr: "10.0.0.0/8" }] } }), [
      kafka,
    ]);
    assert.equal(rule?.name, "rule-shop/port-9094-from-10.0.0.0/8");
    assert.deepEqual(rule.formerNames, ["rule-shop/kafka-from-10.0.0.0/8"]);
  });

  it("writes IPv6 ranges in the field that AWS has for them", () => {
    assert.deepEqual(rules({ kind: "ipv6", cidr: "::/0" })[0]?.peer, { cidrIpv6: "::/0" });
  });

  it("lets nobody in on a listener that is not there", () => assert.deepEqual(planClientRules(context(), []), []));
});

describe("planTargetRules", () => {
  const status = { name: "status-port", port: 15021 } as const;

  it("opens both ends of the way: out of the load balancer's group, which lets nothing out by itself, and into the nodes'", () => {
    assert.deepEqual(planTargetRules(context(), [status]), [
      {
        after: [],
        port: 15021,
        tags,
        description: "Istio ingress shop, status-port",
        name: "rule-shop/status-port-to-nodes",
        formerNames: ["rule-shop/status-port-to-sg-cluster"],
        direction: "egress",
        securityGroupId: "sg-lb",
        peer: { securityGroupId: "sg-cluster" },
      },
      {
        after: [],
        port: 15021,
        tags,
        description: "Istio ingress shop, status-port",
        name: "rule-shop/status-port-into-nodes",
        formerNames: ["rule-shop/status-port-into-sg-cluster"],
        direction: "ingress",
        securityGroupId: "sg-cluster",
        peer: { securityGroupId: "sg-lb" },
      },
    ]);
  });

  it("does so for every port and every group of nodes, each rule under a name of its own", () => {
    const facts = nodes(["sg-a", false], ["sg-b", false]);
    const rules = planTargetRules(context({ facts }), [status, { name: "http2", port: 80 }]);
    assert.equal(new Set(rules.map(({ name }) => name)).size, 8);
    assert.deepEqual(
      rules
        .filter(({ port }) => port === 80)
        .map(({ name, securityGroupId }) => `${name} of ${String(securityGroupId)}`),
      [
        "rule-shop/http2-to-nodes of sg-lb",
        "rule-shop/http2-into-nodes of sg-a",
        "rule-shop/http2-to-nodes-2 of sg-lb",
        "rule-shop/http2-into-nodes-2 of sg-b",
      ],
    );
  });

  it("knows groups that the user names by their ids, so that another order of the list changes nothing", () => {
    const named = (...ids: readonly string[]): ClusterFacts => ({
      ...clusterFacts,
      nodeGroups: () => ids.map((id) => ({ securityGroupId: id, id, reachedByControlPlane: false })),
    });
    const rules = planTargetRules(context({ facts: named("sg-a", "sg-b") }), [status]);
    assert.deepEqual(
      rules.map(({ name, formerNames }) => [name, formerNames]),
      [
        ["rule-shop/status-port-to-sg-a", ["rule-shop/status-port-to-nodes"]],
        ["rule-shop/status-port-into-sg-a", ["rule-shop/status-port-into-nodes"]],
        ["rule-shop/status-port-to-sg-b", ["rule-shop/status-port-to-nodes-2"]],
        ["rule-shop/status-port-into-sg-b", ["rule-shop/status-port-into-nodes-2"]],
      ],
    );
    const names = (facts: ClusterFacts) =>
      planTargetRules(context({ facts }), [status])
        .map(({ name }) => name)
        .sort();
    assert.deepEqual(names(named("sg-b", "sg-a")), names(named("sg-a", "sg-b")));
  });
});
