import { installs } from "../control-plane/control-planes";
import type { ClusterFacts } from "../plan/facts";
import type { SecurityGroupRulePlan } from "../plan/security-group";
import type { MeshSettings } from "../plan/settings";
import { Mode, NodeRules } from "../plan/enums";
import { planNodeRules } from "./node-rules-plan";

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
