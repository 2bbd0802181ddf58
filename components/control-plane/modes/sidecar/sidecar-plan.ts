import type { ModeModule } from "../../../plan/mode";
import { Routing } from "../../../plan/enums";

/** Sidecar mode: a proxy in every pod, redirected by an init container or by the CNI agent. */
export const sidecarMode: ModeModule = {
  defaultRouting: Routing.Istio,
  istiodRequirements: ({ sidecarCni }) => (sidecarCni ? { cni: { enabled: true } } : {}),
  cniRequirements: ({ sidecarCni }) => (sidecarCni ? {} : undefined),
  ztunnel: false,
};
