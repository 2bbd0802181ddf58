/** The data plane: a proxy beside every pod, or one per node (ztunnel) with optional waypoints. */
export const Mode = {
  /** A proxy in every pod. */
  Sidecar: "sidecar",
  /** A proxy on every node (ztunnel), and waypoints where they are asked for. */
  Ambient: "ambient",
} as const;
export type Mode = (typeof Mode)[keyof typeof Mode];

/** Which AWS load balancer stands before the gateway. */
export const IngressStrategy = {
  /** A Network Load Balancer. */
  Nlb: "nlb",
  /** An Application Load Balancer. */
  Alb: "alb",
} as const;
export type IngressStrategy = (typeof IngressStrategy)[keyof typeof IngressStrategy];

/** Whether the load balancer has private or public addresses. */
export const Scheme = {
  /** Private addresses, reachable from the VPC and what is connected to it. */
  Internal: "internal",
  /** Public addresses. */
  InternetFacing: "internet-facing",
} as const;
export type Scheme = (typeof Scheme)[keyof typeof Scheme];

/** The API that configures the gateway: Istio's Gateway and VirtualService, or the Kubernetes Gateway API. */
export const Routing = {
  /** Istio's Gateway and VirtualService. */
  Istio: "istio",
  /** Gateway and HTTPRoute of the Kubernetes Gateway API. */
  GatewayApi: "gateway-api",
} as const;
export type Routing = (typeof Routing)[keyof typeof Routing];

/** Who turns Services and Ingresses into AWS load balancers. */
export const LoadBalancerController = {
  /** The AWS Load Balancer Controller, installed in the cluster. */
  AwsLoadBalancerController: "aws-load-balancer-controller",
  /** EKS Auto Mode, which brings its own. */
  EksAutoMode: "eks-auto-mode",
} as const;
export type LoadBalancerController = (typeof LoadBalancerController)[keyof typeof LoadBalancerController];

/** IP addresses of the load balancer. */
export const IpAddressType = {
  /** IPv4 addresses only. */
  Ipv4: "ipv4",
  /** IPv4 and IPv6 addresses. */
  Dualstack: "dualstack",
} as const;
export type IpAddressType = (typeof IpAddressType)[keyof typeof IpAddressType];

/** The family of the addresses that pods and Services of an EKS cluster have. It is fixed when the cluster is made. */
export const IpFamily = {
  /** IPv4 addresses. */
  Ipv4: "ipv4",
  /** IPv6 addresses. */
  Ipv6: "ipv6",
} as const;
export type IpFamily = (typeof IpFamily)[keyof typeof IpFamily];

/** What an NLB's targets are: the gateway's pods, or the nodes (by node port). */
export const NlbTargetType = {
  /** The gateway's pods by their addresses. */
  Ip: "ip",
  /** The nodes, by node port. */
  Instance: "instance",
} as const;
export type NlbTargetType = (typeof NlbTargetType)[keyof typeof NlbTargetType];

/** What a further listener of an NLB does: pass connections through, or end TLS with the ingress' certificate. */
export const NlbListenerProtocol = {
  /** Pass connections through. */
  Tcp: "TCP",
  /** End TLS with the ingress' certificate. */
  Tls: "TLS",
} as const;
export type NlbListenerProtocol = (typeof NlbListenerProtocol)[keyof typeof NlbListenerProtocol];

/** How an ALB talks to the gateway. */
export const AlbBackendProtocol = {
  /** Plain HTTP to the gateway. */
  Http: "HTTP",
  /** TLS to the gateway. */
  Https: "HTTPS",
} as const;
export type AlbBackendProtocol = (typeof AlbBackendProtocol)[keyof typeof AlbBackendProtocol];

/** What Istio installs; the meaning of each is in docs/arguments.md. */
export const Profile = {
  /** Control plane and the ingresses that are asked for. */
  Default: "default",
  /** As `default`, with an egress gateway, access logs and all traces; one small replica. Not for production. */
  Demo: "demo",
  /** The control plane only. */
  Minimal: "minimal",
  /** None of Istio's charts: someone else runs Istio. */
  Empty: "empty",
  /** The charts' profile `preview`: features that are not stable yet. */
  Preview: "preview",
  /** The charts' profile `remote`: the control plane runs elsewhere. */
  Remote: "remote",
} as const;
export type Profile = (typeof Profile)[keyof typeof Profile];

/** How the pods of one namespace take part in the mesh. */
export const Dataplane = {
  /** A proxy in every pod. */
  Sidecar: "sidecar",
  /** The node's ztunnel. */
  Ambient: "ambient",
  /** Outside the mesh. */
  None: "none",
} as const;
export type Dataplane = (typeof Dataplane)[keyof typeof Dataplane];

/** Who installs the Gateway API's CustomResourceDefinitions. */
export const GatewayApiCrds = {
  /** The mesh installs them. */
  Install: "install",
  /** Someone else has installed them. */
  External: "external",
} as const;
export type GatewayApiCrds = (typeof GatewayApiCrds)[keyof typeof GatewayApiCrds];

/** The release channel of the Gateway API's CustomResourceDefinitions. */
export const GatewayApiChannel = {
  /** The kinds that are stable. */
  Standard: "standard",
  /** Also kinds and fields that may still change. */
  Experimental: "experimental",
} as const;
export type GatewayApiChannel = (typeof GatewayApiChannel)[keyof typeof GatewayApiChannel];

/** The published charts of Istio. */
export type ChartName = "base" | "istiod" | "cni" | "ztunnel" | "gateway";

/** Whether pods take plaintext besides mutual TLS. */
export const MtlsMode = {
  /** Mutual TLS and plaintext. */
  Permissive: "permissive",
  /** Mutual TLS only. */
  Strict: "strict",
} as const;
export type MtlsMode = (typeof MtlsMode)[keyof typeof MtlsMode];

/** When rules for the nodes' security groups are added. */
export const NodeRules = {
  /** Where node groups do not carry the cluster's security group. */
  Auto: "auto",
  /** Always. */
  Always: "always",
  /** Never: you add them yourself. */
  Never: "never",
} as const;
export type NodeRules = (typeof NodeRules)[keyof typeof NodeRules];

/** The least version of TLS, as Istio writes it. */
export const MinimumTlsVersion = {
  /** TLS 1.2. */
  Tls12: "TLSV1_2",
  /** TLS 1.3. */
  Tls13: "TLSV1_3",
} as const;
export type MinimumTlsVersion = (typeof MinimumTlsVersion)[keyof typeof MinimumTlsVersion];

/** The direction of traffic as a NetworkPolicy sees it, from the pods that it chooses. */
export const TrafficDirection = {
  /** To the pods. */
  Ingress: "ingress",
  /** From the pods. */
  Egress: "egress",
} as const;
export type TrafficDirection = (typeof TrafficDirection)[keyof typeof TrafficDirection];

/** A protocol of the transport layer, as Kubernetes writes it. */
export const Protocol = {
  /** TCP. */
  Tcp: "TCP",
  /** UDP. */
  Udp: "UDP",
} as const;
export type Protocol = (typeof Protocol)[keyof typeof Protocol];

/** Access logs of the proxies. */
export const AccessLogs = {
  /** None. */
  Off: "off",
  /** A line of text for each request. */
  Text: "text",
  /** A JSON object for each request. */
  Json: "json",
} as const;
export type AccessLogs = (typeof AccessLogs)[keyof typeof AccessLogs];

/** Where traces go. */
export const TracingProvider = {
  /** A collector that takes OpenTelemetry by gRPC. */
  Otlp: "otlp",
  /** AWS X-Ray, by a collector that the mesh installs. */
  Xray: "xray",
} as const;
export type TracingProvider = (typeof TracingProvider)[keyof typeof TracingProvider];

/** Where traffic out of the mesh may go. */
export const EgressPolicy = {
  /** Everywhere. */
  AllowAny: "allow-any",
  /** Only to hosts that the mesh knows. */
  RegistryOnly: "registry-only",
} as const;
export type EgressPolicy = (typeof EgressPolicy)[keyof typeof EgressPolicy];

/** How strictly the security groups of single pods are enforced. */
export const PodSecurityGroupEnforcingMode = {
  /** Traffic through the node is subject to the node's security groups as well. */
  Standard: "standard",
  /** Only the pod's own security groups apply. */
  Strict: "strict",
} as const;
export type PodSecurityGroupEnforcingMode =
  (typeof PodSecurityGroupEnforcingMode)[keyof typeof PodSecurityGroupEnforcingMode];

/** How a route compares its path with that of a request. */
export const PathType = {
  /** The path and everything below it, in whole segments. */
  Prefix: "prefix",
  /** This path only. */
  Exact: "exact",
  /** A regular expression (RE2) that matches the whole path. */
  Regex: "regex",
} as const;
export type PathType = (typeof PathType)[keyof typeof PathType];

/** How proxies choose among the endpoints of a Service by their Availability Zones. */
export const Locality = {
  /** All endpoints are alike. */
  Off: "off",
  /** The own zone first; other zones only for what the own zone cannot answer. */
  Failover: "failover",
  /** The own zone as far as its endpoints have the capacity, by Envoy's zone-aware routing. */
  ZoneAware: "zone-aware",
} as const;
export type Locality = (typeof Locality)[keyof typeof Locality];

/** Which Services a sidecar has configuration of. */
export const TrafficScope = {
  /** Every Service of the mesh. */
  Mesh: "mesh",
  /** Services of the pod's own namespace, and of the namespaces that every pod needs. */
  Namespace: "namespace",
} as const;
export type TrafficScope = (typeof TrafficScope)[keyof typeof TrafficScope];
