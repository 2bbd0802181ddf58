import { present } from "../inputs/present";
import { authorityRequirements } from "../control-plane/charts/certificate-authority";
import type { ControlPlaneRequiredValues } from "../control-plane/charts/istiod";
import type { RequiredValues } from "../control-plane/control-plane-plan";
import { mergeLayers } from "../control-plane/charts/values/chart-values";
import { outboundPolicy } from "../egress/outbound-policy";
import { modes } from "../control-plane/modes";
import type { Tree } from "../plan/input-value";
import type { MeshMembership, MultiClusterSettings } from "../plan/multi-cluster";
import type { SecuritySettings } from "../plan/security-settings";
import type { ControlPlaneSettings, EgressSettings, RevisionSettings } from "../plan/settings";
import { Mode } from "../plan/enums";
import { agentPolicies, istiodPolicies } from "../security/network-policies/chart-policies";
import { meshConfigRequirements } from "../security/mesh-config-requirements";

/** What decides which values the charts require, beside the control plane's own settings. */
export interface ChartsContext {
  readonly mode: Mode;
  readonly controlPlane: ControlPlaneSettings;
  readonly security: SecuritySettings;
  readonly egress: EgressSettings;
  readonly multiCluster?: MultiClusterSettings | undefined;
}

/** All that other modules require of the charts. */
export function requiredValuesOf(context: ChartsContext): RequiredValues {
  return {
    istiod: (revision) => istiodRequiredValues(context, revision),
    cni: cniRequiredValues(context),
    ztunnel: ztunnelRequiredValues(context),
  };
}

/** All that they require of one control plane. */
export function istiodRequiredValues(
  { mode, controlPlane, security, egress, multiCluster }: ChartsContext,
  { version }: RevisionSettings,
): ControlPlaneRequiredValues {
  const meshConfig = mergeLayers(meshConfigRequirements(security, version), outboundPolicy(egress));
  const given = Object.keys(meshConfig).length === 0 ? undefined : meshConfig;
  return {
    istiod: mergeLayers(
      modes[mode].istiodRequirements(controlPlane),
      present({ meshConfig: given }),
      istiodPolicies(security),
      authorityRequirements(security.certificateAuthority),
      multiCluster === undefined ? {} : multiClusterValues(multiCluster.membership),
    ),
  };
}

/** How istiod, and the proxies that it injects, know their own cluster; and what of ambient mode is off by default. */
function multiClusterValues({ meshId, clusterName, network, mode }: MeshMembership): Tree {
  const identity = { global: { meshID: meshId, multiCluster: { clusterName }, network } };
  return mode === Mode.Ambient ? { ...identity, env: ambientMultiNetwork } : identity;
}

/**
 * Every version that several clusters may have knows all of them: the last one is of Istio 1.30. Metrics name the workloads of other
 * networks by the second one, and ingress gateways send requests there by the third.
 * Source: istio/istio pilot/pkg/features/ambient.go
 */
const ambientMultiNetwork = {
  AMBIENT_ENABLE_MULTI_NETWORK: "true",
  AMBIENT_ENABLE_BAGGAGE: "true",
  AMBIENT_ENABLE_MULTI_NETWORK_INGRESS: "true",
};

/** The same of the CNI agent; undefined: there is none. */
export function cniRequiredValues({ mode, controlPlane, security }: ChartsContext): Tree | undefined {
  const required = modes[mode].cniRequirements(controlPlane);
  return required === undefined ? undefined : mergeLayers(required, agentPolicies(security, controlPlane.main.version));
}

/** The same of ztunnel; undefined: there is none. */
export function ztunnelRequiredValues(context: ChartsContext): Tree | undefined {
  const { mode, controlPlane, security, multiCluster } = context;
  if (!modes[mode].ztunnel) return undefined;
  const policies = agentPolicies(security, controlPlane.main.version);
  if (multiCluster === undefined) return policies;
  const { clusterName, network } = multiCluster.membership;
  return mergeLayers(policies, { multiCluster: { clusterName }, network });
}
