import { logicalNames } from "../logical-names";
import type { KubernetesObjectPlan } from "../plan/kubernetes-object";
import type { TrafficSettings } from "../plan/traffic-settings";
import { Locality, TrafficScope } from "../plan/enums";
import { planOutlierDetection } from "./mesh-config";
import type { MeshSettings } from "../plan/settings";
import { afterControlPlane } from "../control-plane/control-plane-plan";
import { afterNamespace } from "../control-plane/namespaces/namespaces-plan";
import { collectorOf } from "../security/security-plan";

/**
 * Plans the objects of the mesh-wide defaults, after istiod, whose webhook validates them. Every sidecar needs the namespaces
 * of the control plane, of egress, and of the collector to which it sends spans.
 */
export function planTrafficObjects(settings: MeshSettings): readonly KubernetesObjectPlan[] {
  const { rootNamespace } = settings.security;
  const shared = [
    settings.controlPlane.namespace,
    rootNamespace,
    settings.egress.namespace,
    collectorOf(settings)?.namespace,
  ];
  return planTraffic(settings.traffic, {
    rootNamespace,
    shared: shared.filter((namespace) => namespace !== undefined),
    after: [...afterNamespace(settings, rootNamespace), ...afterControlPlane(settings)],
  });
}

/** Where objects stand that hold for the whole mesh, and what else every sidecar must know. */
export interface TrafficPlace {
  /** The namespace whose configuration holds for the whole mesh. */
  readonly rootNamespace: string;
  /** Namespaces whose Services every sidecar needs. */
  readonly shared: readonly string[];
  readonly after: readonly string[];
}

/** Plans the objects of the mesh-wide defaults; most of them are in the configuration of istiod. */
export function planTraffic(settings: TrafficSettings, place: TrafficPlace): readonly KubernetesObjectPlan[] {
  return [...planFailover(settings, place), ...planScope(settings, place)];
}

/**
 * Istio sorts endpoints by zone only for hosts whose DestinationRule has outlier detection; the mesh configuration's does
 * not count (istio/istio pilot/pkg/xds/endpoints/endpoint_builder.go, `getOutlierDetectionAndLoadBalancerSettings`).
 * A DestinationRule of the user's takes the place of this one for its host.
 */
function planFailover(settings: TrafficSettings, place: TrafficPlace): readonly KubernetesObjectPlan[] {
  const { locality, outlierDetection } = settings;
  if (locality !== Locality.Failover || outlierDetection === undefined) return [];
  return [
    {
      name: logicalNames.trafficPolicy,
      after: place.after,
      apiVersion: "networking.istio.io/v1",
      kind: "DestinationRule",
      metadata: { name: "mesh-default", namespace: place.rootNamespace },
      body: {
        spec: { host: "*.local", trafficPolicy: { outlierDetection: planOutlierDetection(outlierDetection) } },
      },
    },
  ];
}

/** The Sidecar of the root namespace holds for every namespace that has none of its own. */
function planScope({ scope }: TrafficSettings, place: TrafficPlace): readonly KubernetesObjectPlan[] {
  if (scope !== TrafficScope.Namespace) return [];
  const hosts = ["./*", ...[...new Set(place.shared)].map((namespace) => `${namespace}/*`)];
  return [
    {
      name: logicalNames.sidecarScope,
      after: place.after,
      apiVersion: "networking.istio.io/v1",
      kind: "Sidecar",
      metadata: { name: "mesh-default", namespace: place.rootNamespace },
      body: { spec: { egress: [{ hosts }] } },
    },
  ];
}
