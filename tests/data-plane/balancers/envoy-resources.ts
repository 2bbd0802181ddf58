import type { CertificateFiles } from "./certificates";
import { httpFilter } from "./application";
import type { Balancer, Listener, Target, TargetGroup } from "./model";

export const types = {
  listener: "type.googleapis.com/envoy.config.listener.v3.Listener",
  cluster: "type.googleapis.com/envoy.config.cluster.v3.Cluster",
  endpoints: "type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment",
} as const;

const extensions = "type.googleapis.com/envoy.extensions";

/** Seconds that an NLB keeps a connection without traffic. */
const idleSeconds = 350;

export interface ListenerOptions {
  readonly balancer: Balancer;
  readonly listener: Listener;
  readonly addresses: readonly string[];
  /** What the firewall knows the load balancer's connections to targets by. */
  readonly mark: number;
  readonly certificates: readonly CertificateFiles[];
  readonly targetGroups: ReadonlyMap<string, TargetGroup>;
}

/** Name of a target group, without what all names begin with. */
export function clusterName(arn: string): string {
  return arn.replace(/^.*:targetgroup\//, "").replaceAll("/", "-");
}

/** A listener of a load balancer as one of Envoy. */
export function listenerResource({ balancer, listener, ...options }: ListenerOptions): object {
  const [first = "", ...others] = options.addresses;
  const at = (address: string) => ({ socket_address: { address, port_value: listener.port } });
  const isNetwork = balancer.kind === "network";
  return {
    "@type": types.listener,
    name: `${balancer.dnsName}:${listener.port}`,
    address: at(first),
    additional_addresses: others.map((address) => ({ address: at(address) })),
    listener_filters: isNetwork ? clientAddress(listener, options) : [],
    filter_chains: [
      {
        filters: [isNetwork ? tcpFilter(listener) : httpFilter(listener, balancer)],
        ...(options.certificates.length > 0 ? { transport_socket: tls(listener, options.certificates) } : {}),
      },
    ],
  };
}

/** Targets see the client's address as that of their peer, where the target group says so. */
function clientAddress(
  { rules }: Listener,
  options: Pick<ListenerOptions, "mark" | "targetGroups">,
): readonly object[] {
  const [forwarded] = rules[0]?.action.forward ?? [];
  const group = options.targetGroups.get(forwarded?.targetGroupArn ?? "");
  // By default it is so for instances, and not for addresses.
  const preserved = group?.attributes["preserve_client_ip.enabled"] ?? String(group?.targetType === "instance");
  if (preserved !== "true") return [];
  const type = `${extensions}.filters.listener.original_src.v3.OriginalSrc`;
  return [{ name: "client-address", typed_config: { "@type": type, mark: options.mark } }];
}

function tcpFilter({ port, rules }: Listener): object {
  const clusters = (rules[0]?.action.forward ?? []).map(({ targetGroupArn, weight }) => ({
    name: clusterName(targetGroupArn),
    weight,
  }));
  return {
    name: "tcp",
    typed_config: {
      "@type": `${extensions}.filters.network.tcp_proxy.v3.TcpProxy`,
      stat_prefix: `port-${port}`,
      weighted_clusters: { clusters },
      idle_timeout: `${idleSeconds}s`,
    },
  };
}

function tls({ alpn, protocol }: Listener, certificates: readonly CertificateFiles[]): object {
  const protocols = protocol === "HTTPS" ? ["h2", "http/1.1"] : alpn;
  return {
    name: "tls",
    typed_config: {
      "@type": `${extensions}.transport_sockets.tls.v3.DownstreamTlsContext`,
      common_tls_context: {
        alpn_protocols: protocols,
        tls_certificates: certificates.map(({ certificate, key }) => ({
          certificate_chain: { filename: certificate },
          private_key: { filename: key },
        })),
      },
    },
  };
}

export interface ClusterOptions {
  /** File with the targets, which change without the cluster. */
  readonly endpoints: string;
  /** Address of the load balancer in the VPC. */
  readonly source: string;
  readonly mark: number;
}

/** A target group as a cluster of Envoy. */
export function clusterResource(group: TargetGroup, { endpoints, source, mark }: ClusterOptions): object {
  const { arn, healthCheck } = group;
  return {
    "@type": types.cluster,
    name: clusterName(arn),
    type: "EDS",
    eds_cluster_config: { eds_config: { path_config_source: { path: endpoints }, resource_api_version: "V3" } },
    connect_timeout: "10s",
    upstream_bind_config: { source_address: { address: source, port_value: 0 }, socket_options: [markOption(mark)] },
    lb_policy: "RANDOM",
    // A load balancer of AWS sends to all targets if none is healthy, and to none that is not as long as one is.
    common_lb_config: { healthy_panic_threshold: { value: 1 } },
    ignore_health_on_host_removal: true,
    health_checks: [
      {
        ...healthCheckOf(group),
        // Each check has a connection of its own, so that a firewall that is closed later is noticed.
        reuse_connection: false,
        interval: `${healthCheck.intervalSeconds}s`,
        no_traffic_interval: `${healthCheck.intervalSeconds}s`,
        timeout: `${healthCheck.timeoutSeconds}s`,
        healthy_threshold: healthCheck.healthyThreshold,
        unhealthy_threshold: healthCheck.unhealthyThreshold,
      },
    ],
    ...connectionsTo(group),
  };
}

function healthCheckOf({ healthCheck, protocol, protocolVersion }: TargetGroup): object {
  if (healthCheck.protocol === "TCP") return { tcp_health_check: {} };
  const check = {
    ...{ path: healthCheck.path, expected_statuses: [{ start: 200, end: 400 }] },
    ...(protocolVersion === "HTTP2" ? { codec_client_type: "HTTP2" } : {}),
  };
  // The protocol of a health check need not be that of requests.
  const isPlain = protocol === "HTTPS" && healthCheck.protocol !== "HTTPS";
  return { http_health_check: check, ...(isPlain ? { transport_socket_match_criteria: { plain: true } } : {}) };
}

const protocolOptions = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";

/** How connections to targets begin, and which HTTP they speak. */
function connectionsTo({ protocol, protocolVersion, attributes }: TargetGroup): object {
  const http2 = {
    "@type": `type.googleapis.com/${protocolOptions}`,
    explicit_http_config: { http2_protocol_options: {} },
  };
  return {
    ...(protocol === "TCP" && attributes["proxy_protocol_v2.enabled"] === "true"
      ? { transport_socket: proxyProtocol }
      : {}),
    ...(protocol === "HTTPS" ? { transport_socket: tlsToTargets, transport_socket_matches: [plainMatch] } : {}),
    ...(protocolVersion === "HTTP2" ? { typed_extension_protocol_options: { [protocolOptions]: http2 } } : {}),
  };
}

/** SO_MARK of Linux. */
function markOption(mark: number): object {
  return { level: 1, name: 36, int_value: mark, state: "STATE_PREBIND" };
}

const rawBuffer = {
  name: "plain",
  typed_config: { "@type": `${extensions}.transport_sockets.raw_buffer.v3.RawBuffer` },
};

const plainMatch = { name: "plain", match: { plain: true }, transport_socket: rawBuffer };

/** As an ALB does it: without a server name, and whatever certificate the target has. */
const tlsToTargets = {
  name: "tls",
  typed_config: { "@type": `${extensions}.transport_sockets.tls.v3.UpstreamTlsContext` },
};

const proxyProtocol = {
  name: "proxy-protocol",
  typed_config: {
    "@type": `${extensions}.transport_sockets.proxy_protocol.v3.ProxyProtocolUpstreamTransport`,
    config: { version: "V2" },
    transport_socket: rawBuffer,
  },
};

export function endpointsResource({ arn, healthCheck }: TargetGroup, targets: readonly Target[]): object {
  const checked = healthCheck.port === undefined ? {} : { health_check_config: { port_value: healthCheck.port } };
  return {
    "@type": types.endpoints,
    cluster_name: clusterName(arn),
    endpoints: [
      {
        lb_endpoints: targets.map(({ address, port }) => ({
          endpoint: { address: { socket_address: { address, port_value: port } }, ...checked },
        })),
      },
    ],
  };
}
