/** What stands before a gateway's pods. */
export interface GatewayTopology {
  /** HTTP proxies that add to X-Forwarded-For: 1 behind an ALB. */
  readonly trustedProxies: number;
  /** The load balancers speak PROXY protocol v2. */
  readonly proxyProtocol: boolean;
}

/**
 * Tells the gateway's proxy what stands before it, so that it finds the client's address.
 *
 * Source: https://istio.io/latest/docs/ops/configuration/traffic-management/network-topologies/
 */
export function topologyAnnotations({
  trustedProxies,
  proxyProtocol,
}: GatewayTopology): Readonly<Record<string, string>> {
  const gatewayTopology = {
    ...(trustedProxies > 0 ? { numTrustedProxies: trustedProxies } : {}),
    ...(proxyProtocol ? { proxyProtocol: {} } : {}),
  };
  if (Object.keys(gatewayTopology).length === 0) return {};
  return { "proxy.istio.io/config": JSON.stringify({ gatewayTopology }) };
}
