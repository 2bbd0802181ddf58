/** The data plane: a proxy beside every pod, or one per node (ztunnel) with optional waypoints. */
export const Mode = { Sidecar: "sidecar", Ambient: "ambient" } as const;
export type Mode = (typeof Mode)[keyof typeof Mode];

/** Which AWS load balancer stands before the gateway. */
export const IngressStrategy = { Nlb: "nlb", Alb: "alb" } as const;
export type IngressStrategy = (typeof IngressStrategy)[keyof typeof IngressStrategy];

/** Whether the load balancer has private or public addresses. */
export const Scheme = { Internal: "internal", InternetFacing: "internet-facing" } as const;
export type Scheme = (typeof Scheme)[keyof typeof Scheme];

/** The API that configures the gateway: Istio's Gateway and VirtualService, or the Kubernetes Gateway API. */
export const Routing = { Istio: "istio", GatewayApi: "gateway-api" } as const;
export type Routing = (typeof Routing)[keyof typeof Routing];

/** Who turns Services and Ingresses into AWS load balancers. */
export const LoadBalancerController = {
  AwsLoadBalancerController: "aws-load-balancer-controller",
  EksAutoMode: "eks-auto-mode",
} as const;
export type LoadBalancerController = (typeof LoadBalancerController)[keyof typeof LoadBalancerController];

/** IP addresses of the load balancer. */
export const IpAddressType = { Ipv4: "ipv4", Dualstack: "dualstack" } as const;
export type IpAddressType = (typeof IpAddressType)[keyof typeof IpAddressType];

/** The family of the addresses that pods and Services of an EKS cluster have. It is fixed when the cluster is made. */
export const IpFamily = { Ipv4: "ipv4", Ipv6: "ipv6" } as const;
export type IpFamily = (typeof IpFamily)[keyof typeof IpFamily];

/** What an NLB's targets are: the gateway's pods, or the nodes (by node port). */
export const NlbTargetType = { Ip: "ip", Instance: "instance" } as const;
export type NlbTargetType = (typeof NlbTargetType)[keyof typeof NlbTargetType];

/** What a further listener of an NLB does: pass connections through, or end TLS with the ingress' certificate. */
export const NlbListenerProtocol = { Tcp: "TCP", Tls: "TLS" } as const;
export type NlbListenerProtocol = (typeof NlbListenerProtocol)[keyof typeof NlbListenerProtocol];

/** How an ALB talks to the gateway. */
export const AlbBackendProtocol = { Http: "HTTP", Https: "HTTPS" } as const;
export type AlbBackendProtocol = (typeof AlbBackendProtocol)[keyof typeof AlbBackendProtocol];

/** What Istio installs; the meaning of each is in the README. */
export const Profile = {
  Default: "default",
  Demo: "demo",
  Minimal: "minimal",
  Empty: "empty",
  Preview: "preview",
  Remote: "remote",
} as const;
export type Profile = (typeof Profile)[keyof typeof Profile];

/** How the pods of one namespace take part in the mesh. */
export const Dataplane = { Sidecar: "sidecar", Ambient: "ambient", None: "none" } as const;
export type Dataplane = (typeof Dataplane)[keyof typeof Dataplane];

/** Who installs the Gateway API's CustomResourceDefinitions. */
export const GatewayApiCrds = { Install: "install", External: "external" } as const;
export type GatewayApiCrds = (typeof GatewayApiCrds)[keyof typeof GatewayApiCrds];

/** The release channel of the Gateway API's CustomResourceDefinitions. */
export const GatewayApiChannel = { Standard: "standard", Experimental: "experimental" } as const;
export type GatewayApiChannel = (typeof GatewayApiChannel)[keyof typeof GatewayApiChannel];

/** The published charts of Istio. */
export type ChartName = "base" | "istiod" | "cni" | "ztunnel" | "gateway";

/** Whether pods take plaintext besides mutual TLS. */
export const MtlsMode = { Permissive: "permissive", Strict: "strict" } as const;
export type MtlsMode = (typeof MtlsMode)[keyof typeof MtlsMode];

/** When rules for the nodes' security groups are added. */
export const NodeRules = { Auto: "auto", Always: "always", Never: "never" } as const;
export type NodeRules = (typeof NodeRules)[keyof typeof NodeRules];

/** The least version of TLS, as Istio writes it. */
export const MinimumTlsVersion = { Tls12: "TLSV1_2", Tls13: "TLSV1_3" } as const;
export type MinimumTlsVersion = (typeof MinimumTlsVersion)[keyof typeof MinimumTlsVersion];

/** The direction of traffic as a NetworkPolicy sees it, from the pods that it chooses. */
export const TrafficDirection = { Ingress: "ingress", Egress: "egress" } as const;
export type TrafficDirection = (typeof TrafficDirection)[keyof typeof TrafficDirection];

/** A protocol of the transport layer, as Kubernetes writes it. */
export const Protocol = { Tcp: "TCP", Udp: "UDP" } as const;
export type Protocol = (typeof Protocol)[keyof typeof Protocol];

/** Access logs of the proxies. */
export const AccessLogs = { Off: "off", Text: "text", Json: "json" } as const;
export type AccessLogs = (typeof AccessLogs)[keyof typeof AccessLogs];

/** Where traces go. */
export const TracingProvider = { Otlp: "otlp", Xray: "xray" } as const;
export type TracingProvider = (typeof TracingProvider)[keyof typeof TracingProvider];

/** Where traffic out of the mesh may go. */
export const EgressPolicy = { AllowAny: "allow-any", RegistryOnly: "registry-only" } as const;
export type EgressPolicy = (typeof EgressPolicy)[keyof typeof EgressPolicy];

/** How strictly the security groups of single pods are enforced. */
export const PodSecurityGroupEnforcingMode = { Standard: "standard", Strict: "strict" } as const;
export type PodSecurityGroupEnforcingMode =
  (typeof PodSecurityGroupEnforcingMode)[keyof typeof PodSecurityGroupEnforcingMode];
