import { strategyFor } from "../ingress/strategies";
import type { ClusterFacts } from "../plan/facts";
import type { SecurityGroupRulePlan } from "../plan/security-group";
import type { MeshSettings } from "../plan/settings";
import { NodeRules } from "../plan/enums";
import { planGatewayNodeRules } from "./node-rules-plan";

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
