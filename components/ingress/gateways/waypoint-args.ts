import type { WaypointSettings } from "../../plan/settings";
import { Profile } from "../../plan/enums";

/** The waypoint of a namespace: as many pods as a gateway has, and one in the profile `demo`. */
export function waypointDefaults(namespace: string, name: string, profile: Profile): WaypointSettings {
  const [minReplicas, maxReplicas] = profile === Profile.Demo ? [1, 1] : [2, 5];
  return { name, namespace, minReplicas, maxReplicas };
}
