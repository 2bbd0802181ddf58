import { planBase } from "./charts/base";
import { withAuthority } from "./charts/certificate-authority";
import { planCni } from "./charts/cni";
import { planIstiod } from "./charts/istiod";
import { planZtunnel } from "./charts/ztunnel";
import { logicalNames } from "../logical-names";
import type { CertificateAuthorityPlan, CertificateAuthorityTexts } from "../plan/certificate-authority";
import type { ClusterFacts } from "../plan/facts";
import type { ManifestPlan } from "../plan/kubernetes-object";
import type { PrivateCaCertificatePlan, PrivateCaQuestion } from "../plan/private-ca";
import type { ReleasePlan } from "../plan/release";
import type { SecurityGroupRulePlan } from "../plan/security-group";
import type { MeshSettings } from "../plan/settings";
import { Mode, NodeRules } from "../plan/enums";
import { planCertificateAuthority } from "../security/certificate-authority-plan";
import { planNodeRules } from "../security/node-rules-plan";
import { planPrivateCaCertificate, planPrivateCaQuestion } from "../security/private-ca-plan";
import { installs, revisionsOf } from "./control-planes";
import { afterNamespace } from "./namespaces/namespaces-plan";
import { cniRequiredValues, istiodRequiredValues, ztunnelRequiredValues } from "../mesh/chart-required-values";

export { installs, revisionsOf };

/** Plans the Gateway API's definitions, if they are to be installed. */
export function planCrds({ crds }: MeshSettings): readonly ManifestPlan[] {
  return crds === undefined ? [] : [{ name: logicalNames.crds, after: [], file: crds.manifest }];
}

/** What every object of the Gateway API comes after, if the mesh installs its definitions. */
export function afterCrds({ crds }: MeshSettings): readonly string[] {
  return crds === undefined ? [] : [logicalNames.crds];
}

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

/** What AWS Private CA is asked for and issues, if it signs istiod's certificate. */
export interface PrivateCaPlan {
  readonly question: PrivateCaQuestion;
  readonly certificate: PrivateCaCertificatePlan;
}

/** Plans the certificate with which istiod signs, if AWS Private CA issues it. */
export function planPrivateCa({ security }: MeshSettings, { name }: ClusterFacts): PrivateCaPlan | undefined {
  const { certificateAuthority: authority } = security;
  if (authority?.kind !== "private-ca") return undefined;
  return { question: planPrivateCaQuestion(authority), certificate: planPrivateCaCertificate(authority, name) };
}

/** Plans the Secret with which istiod signs. `issued` are the texts that AWS Private CA issued. */
export function planAuthorities(
  settings: MeshSettings,
  issued?: CertificateAuthorityTexts,
): readonly CertificateAuthorityPlan[] {
  const { namespace } = settings.controlPlane;
  const after = afterNamespace(settings, namespace);
  return planCertificateAuthority(settings.security.certificateAuthority, { namespace, after, issued });
}

/**
 * Plans base, istiod (and its canary), cni and ztunnel. `nodeRules` are the logical names of the nodes' rules, `issued`
 * the texts that AWS Private CA issued.
 */
export function planControlPlane(
  settings: MeshSettings,
  nodeRules: readonly string[],
  issued?: CertificateAuthorityTexts,
): readonly ReleasePlan[] {
  if (!installs(settings)) return [];
  const { controlPlane } = settings;
  const system = afterNamespace(settings, controlPlane.namespace);
  const [cni, ztunnel] = [cniRequiredValues(settings), ztunnelRequiredValues(settings)];
  const istiods = revisionsOf(settings).map((revision) => {
    // A canary takes its tags after the main control plane has given them up: two releases cannot own one webhook.
    const main = revision === controlPlane.main ? [] : [logicalNames.istiod(controlPlane.main.revision)];
    const istiod = planIstiod(controlPlane, revision, {
      requiredValues: istiodRequiredValues(settings, revision),
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
