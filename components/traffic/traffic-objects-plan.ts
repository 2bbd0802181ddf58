import type { KubernetesObjectPlan } from "../plan/kubernetes-object";
import type { MeshSettings } from "../plan/settings";
import { planTraffic } from "./traffic-plan";
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
