import { z } from "zod";
import { choice } from "../inputs/choice";
import { field } from "../inputs/form";
import { wholeNumber } from "../inputs/number";
import { retryCondition } from "../inputs/network/retry-condition";
import { shape } from "../inputs/shape";
import { Locality, TrafficScope } from "../plan/enums";

/**
 * Mesh-wide defaults of resilience. A VirtualService or DestinationRule of yours overrides them for its host; see
 * docs/how-to/resilience.md.
 */
export interface TrafficArgs {
  /**
   * Retries of HTTP requests on routes without retries of their own. In ambient mode gateways retry, and from Istio 1.30.3 on
   * waypoints.
   *
   * @defaultValue Istio's: 2 attempts on `connect-failure`, `refused-stream`, `unavailable` and `cancelled`
   * @remarks Changing it changes the configuration of istiod; no pod restarts.
   */
  retries?: RetryArgs;
  /**
   * Takes endpoints that answer with errors out of load balancing for a while. From Istio 1.31 on; with
   * `locality: "failover"` in every version. ztunnel and waypoints do not read it.
   *
   * @defaultValue none; with `locality: "failover"` the defaults of its members
   * @remarks A DestinationRule of yours with `outlierDetection` takes its place for the host. No pod restarts.
   */
  outlierDetection?: OutlierDetectionArgs;
  /**
   * Limits of the connections that a proxy opens to a Service, and that a sidecar opens to its application. From Istio 1.31
   * on. ztunnel and waypoints do not read it.
   *
   * @defaultValue Istio's: no limits, 10 seconds to connect, 1 hour idle
   * @remarks A DestinationRule of yours with `connectionPool` takes its place for the host. No pod restarts.
   */
  connectionPool?: ConnectionPoolArgs;
  /**
   * Whether requests stay in their Availability Zone, which saves the cost of traffic between zones. `failover`: all stay
   * while the zone has healthy endpoints; sets `outlierDetection`, without which Istio never fails over. `zone-aware`: as
   * many stay as the zone has capacity for; from Istio 1.31 on, and in sidecar mode only. `off`: none has to.
   *
   * ztunnel reads `trafficDistribution: PreferSameZone` of the Service, and none of this.
   *
   * @defaultValue none: Istio fails over for hosts whose DestinationRule has `outlierDetection`
   * @remarks `zone-aware` takes effect in pods that start after the change. With `failover` a DestinationRule of yours needs
   * `outlierDetection` as well, or its host does not stay in the zone.
   * @example `"failover"`
   */
  locality?: Locality;
  /**
   * TCP keep-alive on connections from Envoy to endpoints: a connection that AWS has dropped without notice is found dead. A
   * Network Load Balancer drops connections after 350 idle seconds.
   *
   * @defaultValue none
   */
  tcpKeepalive?: TcpKeepaliveArgs;
  /**
   * Which Services a sidecar has configuration of. `namespace`: those of its own namespace, of the control plane's, and of
   * `istio-egress`; saves memory in meshes of many Services. Gateways, waypoints and ztunnel know all Services.
   *
   * @defaultValue `"mesh"`
   * @remarks To a sidecar, Services of other namespaces are then unknown hosts: requests go there without mTLS and without
   * routing, and with strict mTLS or `registry-only` they fail. A Sidecar of yours in the namespace names further ones.
   * @example `"namespace"`
   */
  scope?: TrafficScope;
}

/** How often a request is sent again, and when. */
export interface RetryArgs {
  /** Attempts after the first one, 0 to 100. `0` turns retries off. @defaultValue `2` @example `3` */
  attempts?: number;
  /**
   * Conditions of Envoy, and HTTP status codes.
   *
   * @defaultValue Istio's: `["connect-failure", "refused-stream", "unavailable", "cancelled"]`
   * @example `["connect-failure", "refused-stream", "503"]`
   */
  on?: string[];
}

/** When an endpoint is ejected, and for how long. */
export interface OutlierDetectionArgs {
  /**
   * Errors (5xx, failed connections) in a row that eject an endpoint, 0 to 1000. `0`: none do.
   *
   * @defaultValue `5`
   * @example `10`
   */
  consecutive5xx?: number;
  /**
   * The same of gateway errors: 502, 503, 504 and failed connections, 0 to 1000. They count as 5xx too, so that only a smaller
   * number has an effect.
   *
   * @defaultValue `0`: they are not counted apart
   * @example `3`
   */
  consecutiveGatewayErrors?: number;
  /** Seconds between two looks at the endpoints, 1 to 3600. @defaultValue `10` @example `5` */
  intervalSeconds?: number;
  /**
   * Seconds that an endpoint is ejected, multiplied by how often it was ejected, 1 to 86400.
   *
   * @defaultValue `30`
   * @example `60`
   */
  baseEjectionSeconds?: number;
  /**
   * Percent of a Service's endpoints that may be ejected at once, 1 to 100. Envoy counts the endpoint that it is about to eject:
   * Istio's own default, 10, ejects none of a Service with fewer than 10 endpoints.
   *
   * @defaultValue `50`; with `locality: "failover"` `100`, so that all endpoints of a zone can be left
   * @example `100`
   */
  maxEjectionPercent?: number;
}

/** Limits of the connections to one Service, in each proxy. */
export interface ConnectionPoolArgs {
  /** Connections at the most, 1 to 1000000. @defaultValue no limit @example `1000` */
  maxConnections?: number;
  /** Seconds in which a connection must be open, 1 to 3600. @defaultValue `10` @example `3` */
  connectTimeoutSeconds?: number;
  /**
   * Requests after which an HTTP connection is closed, 1 to 1000000. `1` turns keep-alive off.
   *
   * @defaultValue no limit
   * @example `100`
   */
  maxRequestsPerConnection?: number;
  /** Seconds after which an idle HTTP connection is closed, 1 to 86400. @defaultValue `3600` @example `300` */
  idleTimeoutSeconds?: number;
}

/** Keep-alive of TCP. The limits are those of Linux. */
export interface TcpKeepaliveArgs {
  /** Seconds that a connection is idle before the first probe, 1 to 32767. @defaultValue the node's: 7200 @example `300` */
  timeSeconds?: number;
  /** Seconds between two probes, 1 to 32767. @defaultValue the node's: 75 @example `30` */
  intervalSeconds?: number;
  /** Probes without answer after which a connection is dead, 1 to 127. @defaultValue the node's: 9 @example `3` */
  probes?: number;
}

const retriesShape = shape({
  attempts: field(wholeNumber(0, 100)).optional(),
  on: z.array(field(retryCondition)).optional(),
} satisfies Record<keyof RetryArgs, z.ZodType>);

const outlierDetectionShape = shape({
  consecutive5xx: field(wholeNumber(0, 1000)).optional(),
  consecutiveGatewayErrors: field(wholeNumber(0, 1000)).optional(),
  intervalSeconds: field(wholeNumber(1, 3600)).optional(),
  baseEjectionSeconds: field(wholeNumber(1, 86_400)).optional(),
  maxEjectionPercent: field(wholeNumber(1, 100)).optional(),
} satisfies Record<keyof OutlierDetectionArgs, z.ZodType>);

const connectionPoolShape = shape({
  maxConnections: field(wholeNumber(1, 1_000_000)).optional(),
  connectTimeoutSeconds: field(wholeNumber(1, 3600)).optional(),
  maxRequestsPerConnection: field(wholeNumber(1, 1_000_000)).optional(),
  idleTimeoutSeconds: field(wholeNumber(1, 86_400)).optional(),
} satisfies Record<keyof ConnectionPoolArgs, z.ZodType>);

/** Source: Linux include/net/tcp.h, `MAX_TCP_KEEPIDLE`, `MAX_TCP_KEEPINTVL`, `MAX_TCP_KEEPCNT` */
const tcpKeepaliveShape = shape({
  timeSeconds: field(wholeNumber(1, 32_767)).optional(),
  intervalSeconds: field(wholeNumber(1, 32_767)).optional(),
  probes: field(wholeNumber(1, 127)).optional(),
} satisfies Record<keyof TcpKeepaliveArgs, z.ZodType>);

export const trafficShape = shape({
  retries: retriesShape.optional(),
  outlierDetection: outlierDetectionShape.optional(),
  connectionPool: connectionPoolShape.optional(),
  locality: field(choice(Locality, { none: 'write "off"', zone: 'write "failover" or "zone-aware"' })).optional(),
  tcpKeepalive: tcpKeepaliveShape.optional(),
  scope: field(choice(TrafficScope)).optional(),
} satisfies Record<keyof TrafficArgs, z.ZodType>);
