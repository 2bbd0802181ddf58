import { waypointDefaults } from "./waypoint-args";
import type { EgressSettings, NamespaceSettings, WaypointSettings } from "../../plan/settings";
import type { Profile } from "../../plan/enums";

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
