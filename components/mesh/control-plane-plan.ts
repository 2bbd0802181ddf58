import { planBase } from "../charts/base";
import { planCni } from "../charts/cni";
import { planIstiod } from "../charts/istiod";
import { planZtunnel } from "../charts/ztunnel";
import { logicalNames } from "../logical-names";
import { modes } from "../modes";
import type { ClusterFacts } from "../plan/facts";
import type { ManifestPlan } from "../plan/kubernetes-object";
import type { ReleasePlan } from "../plan/release";
import type { SecurityGroupRulePlan } from "../plan/security-group";
import type { MeshSettings, RevisionSettings } from "../plan/settings";
import { Profile } from "../plan/words";
import { planNodeWebhookRules } from "../security/security-group-plan";
import { istiodDemands } from "./istiod-demands";

/** Whether the mesh installs Istio's charts at all. */
export function installs({ controlPlane }: MeshSettings): boolean {
  return controlPlane.profile !== Profile.Empty;
}

/** The main control plane, and the canary beside it. */
export function revisionsOf({ controlPlane: { main, canary } }: MeshSettings): readonly RevisionSettings[] {
  return canary === undefined ? [main] : [main, canary];
}

/** Plans the Gateway API's definitions, if they are to be installed. */
export function planCrds({ crds }: MeshSettings): readonly ManifestPlan[] {
  return crds === undefined ? [] : [{ name: logicalNames.crds, after: [], file: crds.manifest }];
}

/** What every object of the Gateway API comes after, if the mesh installs its definitions. */
export function afterCrds({ crds }: MeshSettings): readonly string[] {
  return crds === undefined ? [] : [logicalNames.crds];
}

/** Plans the way from the cluster's control plane to istiod, where the user names groups of nodes that may not let it in. */
export function planWebhookRules(settings: MeshSettings, facts: ClusterFacts): readonly SecurityGroupRulePlan[] {
  const needed = installs(settings) && settings.cluster.nodeSecurityGroupIds.length > 0;
  return needed ? planNodeWebhookRules(facts, settings.tags) : [];
}

/** Plans base, istiod (and its canary), cni and ztunnel. `webhookRules` are the logical names of the rules for 15017. */
export function planControlPlane(settings: MeshSettings, webhookRules: readonly string[]): readonly ReleasePlan[] {
  if (!installs(settings)) return [];
  const { controlPlane, mode } = settings;
  const room = modes[mode];
  const system = [logicalNames.namespace(controlPlane.namespace)];
  const cni = room.cniRequirements(controlPlane);
  const istiods = revisionsOf(settings).map((revision) => {
    // A canary takes its tags after the main control plane has given them up: two releases cannot own one webhook.
    const main = revision === controlPlane.main ? [] : [logicalNames.istiod(controlPlane.main.revision)];
    return planIstiod(controlPlane, revision, {
      demands: istiodDemands(settings, revision),
      after: [logicalNames.base, ...afterCrds(settings), ...webhookRules, ...main],
    });
  });
  const afterAgents = [logicalNames.istiod(controlPlane.main.revision), logicalNames.cni];
  return [
    planBase(controlPlane, system),
    ...istiods,
    ...(cni === undefined ? [] : [planCni(controlPlane, cni, system)]),
    ...(room.ztunnel ? [planZtunnel(controlPlane, afterAgents)] : []),
  ];
}

/** What every gateway comes after: the control plane that injects it, or makes its pods. */
export function afterControlPlane(settings: MeshSettings): readonly string[] {
  return installs(settings) ? [logicalNames.istiod(settings.controlPlane.main.revision)] : [];
}
