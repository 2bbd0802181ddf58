import { ec2Description } from "../inputs/aws/ec2-description";
import { namedById, namedByPeers, type NamedPeer } from "../former-names";
import { logicalNames } from "../logical-names";
import type { NodeGroupFacts, ClusterFacts } from "../plan/facts";
import type { InputValue } from "../plan/input-value";
import type { SecurityGroupRulePlan } from "../plan/security-group";
import { strategyFor } from "../ingress/strategies";
import type { MeshSettings } from "../plan/settings";
import { NodeRules, Mode } from "../plan/enums";
import { installs } from "../control-plane/control-planes";

/**
 * Plans the ways that the nodes' security groups may keep closed: `auto` where the user names groups of nodes, of which
 * nobody here knows what they let in. Those that EKS and @pulumi/eks make are open already.
 */
export function planMeshNodeRules(settings: MeshSettings, facts: ClusterFacts): readonly SecurityGroupRulePlan[] {
  const { security, cluster, mode, tags } = settings;
  const named = installs(settings) && cluster.nodeSecurityGroupIds.length > 0;
  const wanted = { auto: named, always: true, never: false }[security.nodeRules];
  if (!wanted) return [];
  return planNodeRules(facts.nodeGroups(), {
    controlPlane: facts.securityGroupId(),
    hbone: mode === Mode.Ambient,
    everywhere: security.nodeRules === NodeRules.Always,
    tags,
  });
}

/** Plans the way from a node port to a gateway's pod on another node, for all ports of the gateways behind node ports. */
export function planNodePortPaths(settings: MeshSettings, facts: ClusterFacts): readonly SecurityGroupRulePlan[] {
  const { ingresses, security, tags } = settings;
  if (security.nodeRules === NodeRules.Never) return [];
  const behindNodePorts = ingresses.map(strategyFor).filter(({ targetRoute }) => targetRoute === "node-ports");
  const ports = new Set(behindNodePorts.flatMap(({ targetPorts }) => targetPorts.map(({ port }) => port)));
  if (ports.size === 0) return [];
  return planGatewayNodeRules(facts.nodeGroups(), {
    ports: [...ports].sort((one, other) => one - other),
    everywhere: security.nodeRules === NodeRules.Always,
    tags,
  });
}

/** What the rules are for. */
export interface NodeRulesContext {
  /** Security group of the cluster's control plane. */
  readonly controlPlane: InputValue;
  /** Pods speak HBONE with each other: ambient mode. */
  readonly hbone: boolean;
  /** Also where the way should be open already. */
  readonly everywhere: boolean;
  readonly tags: Readonly<Record<string, InputValue>>;
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
    .map((group, index) => ({
      ...namedByPeers([named(group, index)], logicalNames.webhookRule),
      after: [],
      direction: "ingress" as const,
      securityGroupId: group.securityGroupId,
      port: webhookPort,
      peer: { securityGroupId: controlPlane },
      description: ec2Description("EKS control plane to the webhooks of istiod"),
      tags,
    }));
}

/** From each group into each, itself included. In the cluster security group everything is open to itself. */
function planNodeToNodeRules(
  groups: readonly NodeGroupFacts[],
  { hbone, everywhere, tags }: NodeRulesContext,
): readonly SecurityGroupRulePlan[] {
  const ports = Object.entries({ ...meshPorts, ...(hbone ? ambientPorts : {}) });
  return planBetween(groups, tags, ({ into, from }) =>
    !everywhere && into.reachedByControlPlane && from.reachedByControlPlane
      ? []
      : ports.map(([what, port]) => ({ port, description: `Istio between nodes, ${what}` })),
  );
}

/** What the rules for a gateway behind node ports are for. */
export interface GatewayNodeRulesContext {
  /** Ports of the gateway's pods to which node ports lead. */
  readonly ports: readonly number[];
  /** Also within a group that is open to itself. */
  readonly everywhere: boolean;
  readonly tags: Readonly<Record<string, InputValue>>;
}

/**
 * Plans the rules that let a node forward what arrives at its node ports: kube-proxy picks any pod of the gateway, often
 * one on another node, and sends the packet to the pod's own port.
 *
 * Two different groups are never open to each other by themselves. The cluster security group and the node group of
 * `@pulumi/eks` are open to themselves; of groups that the user names this is not known.
 */
export function planGatewayNodeRules(
  groups: readonly NodeGroupFacts[],
  { ports, everywhere, tags }: GatewayNodeRulesContext,
): readonly SecurityGroupRulePlan[] {
  return planBetween(groups, tags, ({ into, from }) =>
    !everywhere && into === from && into.reachedByControlPlane
      ? []
      : ports.map((port) => ({ port, description: `Istio gateways between nodes, node ports to port ${port}` })),
  );
}

interface GroupPair {
  readonly into: NodeGroupFacts;
  readonly from: NodeGroupFacts;
}

interface PortRule {
  readonly port: number;
  readonly description: string;
}

function planBetween(
  groups: readonly NodeGroupFacts[],
  tags: Readonly<Record<string, InputValue>>,
  rulesOf: (pair: GroupPair) => readonly PortRule[],
): readonly SecurityGroupRulePlan[] {
  return groups.flatMap((into, toIndex) =>
    groups.flatMap((from, fromIndex) =>
      rulesOf({ into, from }).map(({ port, description }) => ({
        ...namedByPeers([named(into, toIndex), named(from, fromIndex)], (to, of) =>
          logicalNames.nodeRule(to, port, of),
        ),
        after: [],
        direction: "ingress" as const,
        securityGroupId: into.securityGroupId,
        port,
        peer: { securityGroupId: from.securityGroupId },
        description: ec2Description(description),
        tags,
      })),
    ),
  );
}

/** A group of nodes in the names of its rules, so that another order of the list changes nothing. */
function named({ id, securityGroupId }: NodeGroupFacts, place: number): NamedPeer {
  return namedById(id, String(place), securityGroupId);
}
