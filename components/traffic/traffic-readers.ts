import semver from "semver";
import { Locality, Mode, TrafficScope } from "../plan/enums";
import type { TrafficArgs } from "./traffic-args";

/** Which proxies of the mesh there are. What they read was checked in istiod's code (pilot/pkg/networking/core, Istio 1.31). */
export interface TrafficReaders {
  readonly mode: Mode;
  readonly versions: readonly string[];
  /** Whether any pod of the mesh has a sidecar. */
  readonly sidecars: boolean;
  /** Namespaces in ambient mode; those without waypoint have no proxy that understands HTTP. */
  readonly ambient: readonly string[];
  readonly waypoints: readonly string[];
  /** Why a request to a host that a sidecar does not know fails; undefined: it passes through. */
  readonly closed: string | undefined;
}

/** What Istio accepts, and some proxies of this mesh do not read. */
export function warnOfTraffic(args: TrafficArgs, readers: TrafficReaders): readonly string[] {
  return [
    ...warnOfZtunnel(args, readers),
    ...warnOfWaypoints(args, readers),
    ...warnOfOldWaypoints(args, readers),
    ...warnOfScope(args, readers),
  ];
}

const listed = (names: readonly string[]) => names.map((name) => `"${name}"`).join(", ");

const ofRequests = ["retries", "outlierDetection", "connectionPool", "locality", "tcpKeepalive"] as const;

/** ztunnel reads neither the mesh configuration's defaults nor DestinationRules. */
function warnOfZtunnel(args: TrafficArgs, { mode, ambient, waypoints }: TrafficReaders): readonly string[] {
  const members = ofRequests.filter((member) => args[member] !== undefined);
  const without = ambient.filter((name) => !waypoints.includes(name));
  if (mode !== Mode.Ambient || members.length === 0 || without.length === 0) return [];
  return [
    `traffic.${members.join(", traffic.")}: not between pods of ${listed(without)}: ztunnel reads none of it. Gateways ` +
      "do; set waypoint: true for retries and locality, and trafficDistribution: PreferSameZone on Services for ztunnel.",
  ];
}

/** The clusters of a waypoint come from DestinationRules alone (pilot/pkg/networking/core/cluster_waypoint.go). */
function warnOfWaypoints(
  { outlierDetection, connectionPool, locality }: TrafficArgs,
  { waypoints }: TrafficReaders,
): readonly string[] {
  const byRule = locality === Locality.Failover;
  const members = [
    ...(outlierDetection === undefined || byRule ? [] : ["traffic.outlierDetection"]),
    ...(connectionPool === undefined ? [] : ["traffic.connectionPool"]),
  ];
  if (members.length === 0 || waypoints.length === 0) return [];
  return [
    `${members.join(", ")}: waypoints of ${listed(waypoints)} do not read it: write a DestinationRule for each Service that ` +
      "needs it there.",
  ];
}

/** Source: https://github.com/istio/istio/issues/60682 */
const waypointRetriesSince = "1.30.3";

function warnOfOldWaypoints({ retries }: TrafficArgs, { waypoints, versions }: TrafficReaders): readonly string[] {
  const old = versions.filter((version) => semver.lt(version, waypointRetriesSince));
  if (retries === undefined || waypoints.length === 0 || old.length === 0) return [];
  return [
    `traffic.retries: waypoints of Istio ${old.join(" and ")} keep Istio's own retries; they read it from 1.30.3 on.`,
  ];
}

function warnOfScope({ scope }: TrafficArgs, { closed }: TrafficReaders): readonly string[] {
  if (scope !== TrafficScope.Namespace || closed === undefined) return [];
  return [
    `traffic.scope: ${closed}, so that requests from a sidecar to a Service of another namespace fail until a Sidecar of ` +
      "yours in its namespace names that one in egress.hosts.",
  ];
}
