import { logicalNames } from "../logical-names";
import type { KubernetesObjectPlan } from "../plan/kubernetes-object";
import type { MeshSettings } from "../plan/settings";
import { planPeerAuthentications } from "../security/peer-authentication-plan";
import { afterControlPlane } from "./control-plane-plan";
import { applicationNamespaces, ownNamespaces } from "./namespaces-plan";

/** Plans the objects that say who may talk to whom, and how. */
export function planSecurityObjects(settings: MeshSettings): readonly KubernetesObjectPlan[] {
  return planPeerAuthentications(settings.security, afterIstiod(settings));
}

/** An object of Istio's comes after its namespace, if that is ours, and after istiod, whose webhook judges it. */
function afterIstiod(settings: MeshSettings): (namespace: string) => readonly string[] {
  const made = new Set([...ownNamespaces(settings), ...applicationNamespaces(settings).map(({ name }) => name)]);
  const istiod = afterControlPlane(settings);
  return (namespace) => [...(made.has(namespace) ? [logicalNames.namespace(namespace)] : []), ...istiod];
}
