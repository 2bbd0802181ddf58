import type { ControlPlaneSettings } from "../../plan/settings";
import type { IstioArgs } from "./istio-args";

/** The control plane's namespace, and its settings. */
export function namespaceDefaults({
  namespace,
  createNamespace,
  namespaceLabels,
}: IstioArgs): Pick<ControlPlaneSettings, "namespace" | "createNamespace" | "namespaceLabels"> {
  return { namespace: namespace ?? "istio-system", createNamespace, namespaceLabels: namespaceLabels ?? {} };
}
