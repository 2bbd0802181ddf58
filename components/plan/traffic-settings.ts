import type { Locality, TrafficScope } from "./enums";

/** Mesh-wide defaults of resilience; undefined: Istio's own. */
export interface TrafficSettings {
  readonly retries: RetrySettings | undefined;
  readonly outlierDetection: OutlierDetectionSettings | undefined;
  readonly connectionPool: ConnectionPoolSettings | undefined;
  readonly locality: Locality | undefined;
  readonly tcpKeepalive: TcpKeepaliveSettings | undefined;
  readonly scope: TrafficScope;
  /** Whether every control plane of the mesh reads `meshConfig.defaultTrafficPolicy`. */
  readonly hasDefaultPolicy: boolean;
}

export interface RetrySettings {
  /** None: requests are not retried. */
  readonly attempts: number;
  /** Empty: Istio's own conditions. */
  readonly on: readonly string[];
}

export interface OutlierDetectionSettings {
  readonly consecutive5xx: number;
  readonly consecutiveGatewayErrors: number | undefined;
  readonly intervalSeconds: number;
  readonly baseEjectionSeconds: number;
  readonly maxEjectionPercent: number;
}

export interface ConnectionPoolSettings {
  readonly maxConnections: number | undefined;
  readonly connectTimeoutSeconds: number | undefined;
  readonly maxRequestsPerConnection: number | undefined;
  readonly idleTimeoutSeconds: number | undefined;
}

export interface TcpKeepaliveSettings {
  readonly timeSeconds: number | undefined;
  readonly intervalSeconds: number | undefined;
  readonly probes: number | undefined;
}
