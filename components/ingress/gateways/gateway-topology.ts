import type { Tree } from "../../plan/input-value";

/** What stands before a gateway's pods. */
export interface GatewayTopology {
  /** HTTP proxies that add to X-Forwarded-For: 1 behind an ALB. Undefined: no argument decides it. */
  readonly trustedProxies: number | undefined;
  /** The load balancers send PROXY protocol v2. */
  readonly proxyProtocol: boolean;
}

/**
 * The part of a gateway's proxy configuration that says what stands before it, so that it finds the client's address.
 *
 * Istio replaces the whole `gatewayTopology` of the mesh configuration by the one of the pod, so its other members are
 * repeated (pkg/config/mesh/mesh.go, `MergeProxyConfig`). PROXY protocol of the mesh configuration is not: of the load
 * balancers before this gateway it is known whether they send it.
 *
 * Source: https://istio.io/latest/docs/ops/configuration/traffic-management/network-topologies/
 */
export function topologyConfig({ trustedProxies, proxyProtocol }: GatewayTopology, meshWide: Tree): Tree {
  const { proxyProtocol: expected, ...others } = meshWide;
  const ours = {
    ...(trustedProxies === undefined || trustedProxies === 0 ? {} : { numTrustedProxies: trustedProxies }),
    ...(proxyProtocol ? { proxyProtocol: {} } : {}),
  };
  const differs = expected !== undefined && !proxyProtocol;
  return Object.keys(ours).length === 0 && !differs ? {} : { gatewayTopology: { ...others, ...ours } };
}
