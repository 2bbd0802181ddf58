import { logicalNames } from "../logical-names";
import type { ClusterFacts } from "../plan/facts";
import type { Listener, TargetPort } from "../plan/ingress";
import type { ClientRange, IngressSettings } from "../plan/ingress-settings";
import type { Leaf, NumberLeaf } from "../plan/leaf";
import type { SecurityGroupPlan, SecurityGroupRulePlan } from "../plan/security-group";

/**
 * Plans the security group of an ingress' load balancer. It is ours, so that no controller makes one that it may leave
 * behind, and so that its rules say exactly who may come in and where it may go.
 */
export function planSecurityGroup(
  ingress: IngressSettings,
  facts: ClusterFacts,
  tags: Readonly<Record<string, Leaf>>,
): SecurityGroupPlan {
  return {
    name: logicalNames.securityGroup(ingress.name),
    after: [],
    ingress: ingress.name,
    vpcId: facts.vpcId,
    description: `Load balancer of the Istio ingress ${ingress.name}`,
    tags: { Name: ingress.name, ...tags },
  };
}

/** What the rules of one ingress are made from. */
export interface RuleContext {
  readonly ingress: IngressSettings;
  readonly securityGroupId: Leaf;
  readonly facts: ClusterFacts;
  readonly tags: Readonly<Record<string, Leaf>>;
}

/** Plans who may come in: the allowed clients, on the load balancer's listeners and nowhere else. */
export function planClientRules(
  context: RuleContext,
  listeners: readonly Listener[],
): readonly SecurityGroupRulePlan[] {
  const { ingress, securityGroupId, facts, tags } = context;
  return listeners.flatMap(({ name, port }) =>
    ingress.clients.map((client) => ({
      name: logicalNames.rule(ingress.name, `${name}-from-${client.kind === "vpc" ? "vpc" : client.cidr}`),
      after: [],
      direction: "ingress" as const,
      securityGroupId,
      port,
      peer: peerOf(client, facts),
      description: `Clients, ${name}`,
      tags,
    })),
  );
}

function peerOf(client: ClientRange, facts: ClusterFacts): SecurityGroupRulePlan["peer"] {
  switch (client.kind) {
    case "vpc":
      return { cidrIpv4: facts.vpcCidr };
    case "ipv4":
      return { cidrIpv4: client.cidr };
    case "ipv6":
      return { cidrIpv6: client.cidr };
  }
}

/** Where one port of the gateway is found from outside: its own number, or the node port that leads to it. */
export interface Target {
  readonly name: TargetPort["name"];
  readonly port: NumberLeaf;
}

/**
 * Plans the way from the load balancer to the gateway: out of its group, and into each group of the nodes.
 *
 * Both are needed. A group that Pulumi makes lets nothing out by itself, not even health checks; and since the group is
 * ours, no controller opens the nodes' groups for it.
 */
export function planTargetRules(context: RuleContext, targets: readonly Target[]): readonly SecurityGroupRulePlan[] {
  const { ingress, securityGroupId, facts, tags } = context;
  return targets.flatMap(({ name, port }) =>
    facts.nodeGroups.flatMap(({ securityGroupId: nodes }, index) => {
      const which = index === 0 ? "nodes" : `nodes-${index + 1}`;
      const common = { after: [], port, tags, description: `Istio ingress ${ingress.name}, ${name}` };
      return [
        {
          ...common,
          name: logicalNames.rule(ingress.name, `${name}-to-${which}`),
          direction: "egress" as const,
          securityGroupId,
          peer: { securityGroupId: nodes },
        },
        {
          ...common,
          name: logicalNames.rule(ingress.name, `${name}-into-${which}`),
          direction: "ingress" as const,
          securityGroupId: nodes,
          peer: { securityGroupId },
        },
      ];
    }),
  );
}
