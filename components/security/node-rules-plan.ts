import { logicalNames } from "../logical-names";
import type { NodeGroupFacts } from "../plan/facts";
import type { Leaf } from "../plan/leaf";
import type { SecurityGroupRulePlan } from "../plan/security-group";

/** What the rules are for. */
export interface NodeRulesContext {
  /** Security group of the cluster's control plane. */
  readonly controlPlane: Leaf;
  /** Pods speak HBONE with each other: ambient mode. */
  readonly hbone: boolean;
  /** Also where the way should be open already. */
  readonly everywhere: boolean;
  readonly tags: Readonly<Record<string, Leaf>>;
}

/** istiod's port for injection and validation, which the control plane of the cluster calls, and nothing else does. */
const webhookPort = 15017;

/** What the mesh itself says from node to node, and nothing of the applications'. */
const meshPorts = { istiod: 15012, "metrics of istiod and CNI agent": 15014, "metrics of proxies": 15020 };
const ambientPorts = { HBONE: 15008 };

/** Plans the rules that let the mesh through the nodes' own security groups. */
export function planNodeRules(
  groups: readonly NodeGroupFacts[],
  context: NodeRulesContext,
): readonly SecurityGroupRulePlan[] {
  return [...planWebhookRules(groups, context), ...planNodeToNodeRules(groups, context)];
}

/** Without these pods are not created: "failed calling webhook … context deadline exceeded". */
function planWebhookRules(
  groups: readonly NodeGroupFacts[],
  { controlPlane, everywhere, tags }: NodeRulesContext,
): readonly SecurityGroupRulePlan[] {
  return groups
    .filter((group) => everywhere || !group.reachedByControlPlane)
    .map(({ securityGroupId }, index) => ({
      name: logicalNames.webhookRule(index),
      after: [],
      direction: "ingress" as const,
      securityGroupId,
      port: webhookPort,
      peer: { securityGroupId: controlPlane },
      description: "EKS control plane to istiod's webhooks",
      tags,
    }));
}

/** From each group into each, itself included. In the cluster security group everything is open to itself. */
function planNodeToNodeRules(
  groups: readonly NodeGroupFacts[],
  { hbone, everywhere, tags }: NodeRulesContext,
): readonly SecurityGroupRulePlan[] {
  const ports = Object.entries({ ...meshPorts, ...(hbone ? ambientPorts : {}) });
  return groups.flatMap((into, toIndex) =>
    groups.flatMap((from, fromIndex) => {
      if (!everywhere && into.reachedByControlPlane && from.reachedByControlPlane) return [];
      return ports.map(([what, port]) => ({
        name: logicalNames.nodeRule(toIndex, port, fromIndex),
        after: [],
        direction: "ingress" as const,
        securityGroupId: into.securityGroupId,
        port,
        peer: { securityGroupId: from.securityGroupId },
        description: `Istio between nodes, ${what}`,
        tags,
      }));
    }),
  );
}
