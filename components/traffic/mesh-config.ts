import { present } from "../inputs/present";
import type { Tree } from "../plan/input-value";
import type {
  ConnectionPoolSettings,
  OutlierDetectionSettings,
  RetrySettings,
  TcpKeepaliveSettings,
  TrafficSettings,
} from "../plan/traffic-settings";
import type { Locality } from "../plan/enums";
import { mergeLayers } from "../control-plane/charts/values/chart-values";
import type { ControlPlaneSettings } from "../plan/settings";

/**
 * The defaults in istiod's mesh configuration.
 *
 * Source: https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshConfig
 */
export function planTrafficMeshConfig(settings: TrafficSettings): Tree {
  const { retries, tcpKeepalive, locality } = settings;
  return {
    ...(retries === undefined ? {} : { defaultHttpRetryPolicy: retryPolicy(retries) }),
    ...defaultTrafficPolicy(settings),
    ...(tcpKeepalive === undefined ? {} : { tcpKeepalive: keepalive(tcpKeepalive) }),
    ...(locality === undefined ? {} : loadBalancing[locality]),
  };
}

function retryPolicy({ attempts, on }: RetrySettings): Tree {
  return { attempts, ...(on.length === 0 ? {} : { retryOn: on.join(",") }) };
}

function defaultTrafficPolicy(settings: TrafficSettings): Tree {
  const { outlierDetection, connectionPool, hasDefaultPolicy } = settings;
  if (!hasDefaultPolicy || (outlierDetection === undefined && connectionPool === undefined)) return {};
  return {
    defaultTrafficPolicy: {
      ...(outlierDetection === undefined ? {} : { outlierDetection: planOutlierDetection(outlierDetection) }),
      ...(connectionPool === undefined ? {} : { connectionPool: pool(connectionPool) }),
    },
  };
}

/** Outlier detection as both the mesh configuration and a DestinationRule have it. */
export function planOutlierDetection(settings: OutlierDetectionSettings): Tree {
  const { consecutive5xx, consecutiveGatewayErrors } = settings;
  return {
    consecutive5xxErrors: consecutive5xx,
    ...(consecutiveGatewayErrors === undefined ? {} : { consecutiveGatewayErrors }),
    interval: `${settings.intervalSeconds}s`,
    baseEjectionTime: `${settings.baseEjectionSeconds}s`,
    maxEjectionPercent: settings.maxEjectionPercent,
  };
}

function pool(settings: ConnectionPoolSettings): Tree {
  const { maxConnections, connectTimeoutSeconds, maxRequestsPerConnection, idleTimeoutSeconds } = settings;
  const tcp = present({ maxConnections, connectTimeout: seconds(connectTimeoutSeconds) });
  const http = present({ maxRequestsPerConnection, idleTimeout: seconds(idleTimeoutSeconds) });
  return {
    ...(Object.keys(tcp).length === 0 ? {} : { tcp }),
    ...(Object.keys(http).length === 0 ? {} : { http }),
  };
}

function keepalive({ timeSeconds, intervalSeconds, probes }: TcpKeepaliveSettings): Tree {
  return present({ time: seconds(timeSeconds), interval: seconds(intervalSeconds), probes });
}

function seconds(number: number | undefined): string | undefined {
  return number === undefined ? undefined : `${number}s`;
}

/** Zone-aware routing compares with the proxy's own zone, which it learns by a cluster of its own endpoints. */
const loadBalancing: Readonly<Record<Locality, Tree>> = {
  off: { localityLbSetting: { enabled: false } },
  failover: { localityLbSetting: { enabled: true } },
  "zone-aware": {
    zoneAwareLbSetting: { enabled: true },
    defaultConfig: { proxyMetadata: { ISTIO_META_ENABLE_SELF_DISCOVERY: "true" } },
  },
};

/** The keys of the mesh configuration that a member of `traffic` decides. */
const decided: Readonly<Record<Exclude<keyof TrafficSettings, "scope" | "hasDefaultPolicy">, readonly string[]>> = {
  retries: ["defaultHttpRetryPolicy"],
  outlierDetection: ["defaultTrafficPolicy.outlierDetection"],
  connectionPool: ["defaultTrafficPolicy.connectionPool"],
  tcpKeepalive: ["tcpKeepalive"],
  locality: ["localityLbSetting", "zoneAwareLbSetting", "defaultConfig.proxyMetadata.ISTIO_META_ENABLE_SELF_DISCOVERY"],
};

/** Keys of the mesh configuration that these settings decide, each with its member of `traffic`. */
export function decidedKeys(settings: TrafficSettings): readonly { readonly member: string; readonly key: string }[] {
  return Object.entries(decided).flatMap(([member, keys]) =>
    settings[member as keyof typeof decided] === undefined ? [] : keys.map((key) => ({ member, key })),
  );
}

/** The control plane with the mesh-wide defaults in its configuration. */
export function withTraffic(controlPlane: ControlPlaneSettings, traffic: TrafficSettings): ControlPlaneSettings {
  return { ...controlPlane, meshConfig: mergeLayers(controlPlane.meshConfig, planTrafficMeshConfig(traffic)) };
}
