import assert from "node:assert/strict";
import type { ClusterFacts } from "../../components/plan/facts";
import {
  planClientRules,
  planSecurityGroup,
  planTargetRules,
  type RuleContext,
} from "../../components/security/security-group-plan";
import type { ClientRange } from "../../components/plan/ingress-settings";
import { clusterFacts, ingress } from "../support/settings";

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
  nodeGroups: groups.map(([securityGroupId, reachedByControlPlane]) => ({ securityGroupId, reachedByControlPlane })),
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
    assert.equal(planSecurityGroup(shop, clusterFacts, { Name: "front-door" }).tags["Name"], "front-door");
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

  it("lets the VPC's own range in where nobody else is named, whatever it turns out to be", () => {
    const [rule] = rules({ kind: "vpc" });
    assert.deepEqual([rule?.name, rule?.peer], ["rule-shop/http-from-vpc", { cidrIpv4: "10.0.0.0/16" }]);
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
});
