import { mergeLayers } from "../control-plane/charts/values/chart-values";
import { globalLabel } from "../control-plane/namespaces/resolve-namespaces-args";
import { valueAt } from "../inputs/path";
import { problemIf } from "../inputs/problem";
import { Mode } from "../plan/enums";
import type { Tree } from "../plan/input-value";
import type { MeshClusterArgs } from "./mesh-cluster-args";
import { networkLabel } from "./east-west-plan";
import type { MultiClusterSettings } from "../plan/multi-cluster";
import type { Problem } from "../plan/problem";
import type { ControlPlaneSettings } from "../plan/settings";

/**
 * An NLB forgets a connection after 350 seconds without a packet, and closes neither end: requests then wait for a reset.
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#connection-idle-timeout
 */
const tcpKeepalive = { time: "120s", interval: "30s", probes: 3 };

/** The control plane with what connections between clusters need, below and beside what the user writes. */
export function withMultiCluster(
  controlPlane: ControlPlaneSettings,
  multiCluster: MultiClusterSettings | undefined,
): ControlPlaneSettings {
  if (multiCluster === undefined) return controlPlane;
  const { meshConfig } = controlPlane;
  const theirs = meshConfig["serviceSettings"];
  const scopes = multiCluster.globalNamespaces ? { serviceScopeConfigs: serviceScopes(meshConfig) } : {};
  const hosts = multiCluster.clusterLocal.map((namespace) => `*.${namespace}.svc.cluster.local`);
  const ours = hosts.length === 0 ? [] : [{ settings: { clusterLocal: true }, hosts }];
  const serviceSettings = [...(Array.isArray(theirs) ? (theirs as unknown[]) : []), ...ours];
  const local = ours.length === 0 ? {} : { serviceSettings };
  return { ...controlPlane, meshConfig: mergeLayers({ tcpKeepalive }, meshConfig, local, scopes) };
}

/** Services or namespaces that are one across clusters of ambient mode. */
const isGlobal = { matchExpressions: [{ key: globalLabel, operator: "In", values: ["true"] }] };

/**
 * Which Services are one across clusters: those that the user writes, else single ones by their label, as the charts' profile
 * `ambient` has it; and all of the namespaces with that label. Helm takes the list whole.
 */
function serviceScopes(meshConfig: Tree): readonly unknown[] {
  const theirs = meshConfig["serviceScopeConfigs"];
  const ofProfile = [{ servicesSelector: isGlobal, scope: "GLOBAL" }];
  return [
    ...(Array.isArray(theirs) ? (theirs as unknown[]) : ofProfile),
    { namespaceSelector: isGlobal, scope: "GLOBAL" },
  ];
}

/** Whether there are namespaces all of whose Services are one across clusters of ambient mode. */
export function hasGlobalNamespaces({ mode, namespaces = {} }: MeshClusterArgs): boolean {
  return mode === Mode.Ambient && Object.values(namespaces).some(({ global }) => global === true);
}

/** Namespaces whose Services stay within the cluster. In ambient mode all do that are not global. */
export function clusterLocalOf({ mode, namespaces = {} }: MeshClusterArgs): readonly string[] {
  if (mode === Mode.Ambient) return [];
  return Object.entries(namespaces).flatMap(([name, { global }]) => (global === false ? [name] : []));
}

/** Finds labels and lists that would win over the mesh's. */
export function checkConfiguration(
  args: MeshClusterArgs,
  { values, namespaceLabels }: ControlPlaneSettings,
): readonly Problem[] {
  const label = namespaceLabels[networkLabel];
  const lists = [
    ...(clusterLocalOf(args).length > 0 ? [["serviceSettings", false] as const] : []),
    ...(hasGlobalNamespaces(args) ? [["serviceScopeConfigs", true] as const] : []),
  ];
  return [
    ...lists.flatMap(([list, global]) => {
      const written = valueAt(values.istiod, ["meshConfig", list]);
      return problemIf(written !== undefined, `istio.values.istiod.meshConfig.${list}`, {
        given: written,
        allowed: `nothing beside namespaces with global: ${global}, whose settings it would replace: Helm takes lists whole`,
        suggestion: `write it in istio.meshConfig.${list}, where both are joined`,
      });
    }),
    ...problemIf(label !== undefined, `istio.namespaceLabels["${networkLabel}"]`, {
      given: label,
      allowed: "nothing beside multiCluster, which sets it",
      suggestion: "remove it and use multiCluster.network",
    }),
  ];
}
