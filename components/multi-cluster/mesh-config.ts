import { mergeLayers } from "../control-plane/charts/values/chart-values";
import { valueAt } from "../inputs/path";
import { problemIf } from "../inputs/problem";
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
  const hosts = multiCluster.clusterLocal.map((namespace) => `*.${namespace}.svc.cluster.local`);
  const ours = hosts.length === 0 ? [] : [{ settings: { clusterLocal: true }, hosts }];
  const serviceSettings = [...(Array.isArray(theirs) ? (theirs as unknown[]) : []), ...ours];
  const local = ours.length === 0 ? {} : { serviceSettings };
  return { ...controlPlane, meshConfig: mergeLayers({ tcpKeepalive }, meshConfig, local) };
}

/** Namespaces whose Services stay within the cluster. */
export function clusterLocalOf({ namespaces = {} }: MeshClusterArgs): readonly string[] {
  return Object.entries(namespaces).flatMap(([name, { global }]) => (global === false ? [name] : []));
}

/** Finds labels and lists that would win over the mesh's. */
export function checkConfiguration(
  args: MeshClusterArgs,
  { values, namespaceLabels }: ControlPlaneSettings,
): readonly Problem[] {
  const written = valueAt(values.istiod, ["meshConfig", "serviceSettings"]);
  const label = namespaceLabels[networkLabel];
  return [
    ...problemIf(
      clusterLocalOf(args).length > 0 && written !== undefined,
      "istio.values.istiod.meshConfig.serviceSettings",
      {
        given: written,
        allowed:
          "nothing beside namespaces with global: false, whose settings it would replace: Helm takes lists whole",
        suggestion: "write it in istio.meshConfig.serviceSettings, where both are joined",
      },
    ),
    ...problemIf(label !== undefined, `istio.namespaceLabels["${networkLabel}"]`, {
      given: label,
      allowed: "nothing beside multiCluster, which sets it",
      suggestion: "remove it and use multiCluster.network",
    }),
  ];
}
