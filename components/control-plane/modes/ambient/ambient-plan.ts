import type { ModeModule } from "../../../plan/mode";
import { Routing } from "../../../plan/enums";

/**
 * Ambient mode: ztunnel on each node, and waypoints where wanted.
 *
 * The charts' own profile turns the same switches on in all of them; it must be given to istiod and cni alike, or
 * ztunnel never gets its workloads.
 */
export const ambientMode: ModeModule = {
  defaultRouting: Routing.GatewayApi,
  istiodRequirements: () => ({ profile: "ambient" }),
  cniRequirements: () => ({ profile: "ambient" }),
  ztunnel: true,
};

/** The label that enrols a namespace's pods. They need no restart. */
export const ambientLabels: Readonly<Record<string, string>> = { "istio.io/dataplane-mode": "ambient" };

/** Name of a namespace's waypoint, the one that istioctl gives it. */
export const waypointName = "waypoint";

/** The label that leads to a namespace's Services by way of its waypoint. */
export function waypointLabels(waypoint: string | undefined): Readonly<Record<string, string>> {
  return waypoint === undefined ? {} : { "istio.io/use-waypoint": waypoint };
}
