import type { WaypointSettings, EgressSettings, NamespaceSettings } from "../../plan/settings";
import { Profile } from "../../plan/enums";

/** The waypoints of a mesh: those of namespaces, and the one through which traffic leaves. */
export function resolveWaypoints(
  namespaces: readonly NamespaceSettings[],
  { gateway: edge }: EgressSettings,
  profile: Profile,
): readonly WaypointSettings[] {
  const ofNamespaces = namespaces.flatMap(({ name, waypoint }) =>
    waypoint === undefined ? [] : [waypointDefaults(name, waypoint, profile)],
  );
  return [...ofNamespaces, ...(edge?.kind === "waypoint" ? [edge.waypoint] : [])];
}

/** The waypoint of a namespace: as many pods as a gateway has, and one in the profile `demo`. */
export function waypointDefaults(namespace: string, name: string, profile: Profile): WaypointSettings {
  const [minReplicas, maxReplicas] = profile === Profile.Demo ? [1, 1] : [2, 5];
  return { name, namespace, minReplicas, maxReplicas };
}
