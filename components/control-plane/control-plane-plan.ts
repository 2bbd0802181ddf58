import { logicalNames } from "../logical-names";
import type { CertificateAuthorityTexts } from "../plan/certificate-authority";
import type { Tree } from "../plan/input-value";
import type { ManifestPlan } from "../plan/kubernetes-object";
import type { ReleasePlan } from "../plan/release";
import type { MeshSettings, RevisionSettings } from "../plan/settings";
import { planBase } from "./charts/base";
import { withAuthority } from "./charts/certificate-authority";
import { planCni } from "./charts/cni";
import { type ControlPlaneRequiredValues, planIstiod } from "./charts/istiod";
import { planZtunnel } from "./charts/ztunnel";
import { installs, revisionsOf } from "./control-planes";
import { afterNamespace } from "./namespaces/namespaces-plan";

/** Plans the Gateway API's definitions, if they are to be installed. */
export function planCrds({ crds }: MeshSettings): readonly ManifestPlan[] {
  return crds === undefined ? [] : [{ name: logicalNames.crds, after: [], file: crds.manifest }];
}

/** What every object of the Gateway API comes after, if the mesh installs its definitions. */
export function afterCrds({ crds }: MeshSettings): readonly string[] {
  return crds === undefined ? [] : [logicalNames.crds];
}

/** Values that other modules require of the charts. */
export interface RequiredValues {
  readonly istiod: (revision: RevisionSettings) => ControlPlaneRequiredValues;
  /** Undefined: the mesh has no such agent. */
  readonly cni: Tree | undefined;
  readonly ztunnel: Tree | undefined;
}

/** What the control plane needs of other modules. */
export interface ControlPlaneContext {
  readonly requiredValues: RequiredValues;
  /** Logical names of the nodes' rules. */
  readonly nodeRules: readonly string[];
  /** Texts that AWS Private CA issued. */
  readonly issued?: CertificateAuthorityTexts | undefined;
}

/** Plans base, istiod (and its canary), cni and ztunnel. */
export function planControlPlane(
  settings: MeshSettings,
  { requiredValues, nodeRules, issued }: ControlPlaneContext,
): readonly ReleasePlan[] {
  if (!installs(settings)) return [];
  const { controlPlane } = settings;
  const system = afterNamespace(settings, controlPlane.namespace);
  const { cni, ztunnel } = requiredValues;
  const istiods = revisionsOf(settings).map((revision) => {
    // A canary takes its tags after the main control plane has given them up: two releases cannot own one webhook.
    const main = revision === controlPlane.main ? [] : [logicalNames.istiod(controlPlane.main.revision)];
    const istiod = planIstiod(controlPlane, revision, {
      requiredValues: requiredValues.istiod(revision),
      after: [logicalNames.base, ...afterCrds(settings), ...nodeRules, ...main],
    });
    return withAuthority(istiod, settings.security.certificateAuthority, issued);
  });
  const afterAgents = [logicalNames.istiod(controlPlane.main.revision), logicalNames.cni];
  return [
    planBase(controlPlane, system),
    ...istiods,
    ...(cni === undefined ? [] : [planCni(controlPlane, cni, system)]),
    ...(ztunnel === undefined ? [] : [planZtunnel(controlPlane, ztunnel, afterAgents)]),
  ];
}

/** What every gateway comes after: the control plane that injects it, or makes its pods. */
export function afterControlPlane(settings: MeshSettings): readonly string[] {
  return installs(settings) ? [logicalNames.istiod(settings.controlPlane.main.revision)] : [];
}
