import type { KubernetesObjectPlan } from "../plan/kubernetes-object";
import type { MeshSettings } from "../plan/settings";
import { planTelemetry } from "./telemetry-plan";
import { afterControlPlane } from "../control-plane/control-plane-plan";
import { afterNamespace } from "../control-plane/namespaces/namespaces-plan";

/** Plans what the mesh logs and traces, after istiod, whose webhook validates it. */
export function planTelemetryObjects(settings: MeshSettings): readonly KubernetesObjectPlan[] {
  const { rootNamespace } = settings.security;
  const after = [...afterNamespace(settings, rootNamespace), ...afterControlPlane(settings)];
  return planTelemetry(settings.telemetry, { rootNamespace, after });
}
