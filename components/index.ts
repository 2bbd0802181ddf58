export type {
  AddonsArgs,
  CloudwatchArgs,
  GrafanaArgs,
  JaegerArgs,
  KialiArgs,
  ManagedPrometheusArgs,
  PrometheusArgs,
  StorageArgs,
} from "./addons/addons-args";
export type { ControlPlaneArgs } from "./control-plane/args/control-plane-args";
export type { CanaryArgs, ChartValuesArgs, IstioArgs } from "./control-plane/args/istio-args";
export type { CleanupArgs } from "./cleanup/cleanup-args";
export type { ClusterArgs } from "./cluster/cluster-args";
export type { GatewayApiArgs } from "./control-plane/gateway-api/gateway-api-args";
export type { GatewayArgs } from "./ingress/gateways/gateway-args";
export type { RateLimitArgs } from "./ingress/gateways/rate-limit-args";
export type { IngressArgs } from "./ingress/ingress-args";
export type { AlbArgs } from "./ingress/strategies/alb/alb-args";
export type { DnsArgs } from "./ingress/dns/dns-args";
export type { HealthCheckArgs } from "./ingress/health-check-args";
export type { NlbArgs } from "./ingress/strategies/nlb/nlb-args";
export type { NlbPortArgs } from "./ingress/strategies/nlb/nlb-port-args";
export type { TlsArgs } from "./ingress/certificates/tls-args";
export { IstioMesh } from "./istio-mesh";
export type { IstioMeshArgs } from "./istio-mesh-args";
export { MeshPeering, type MeshPeeringArgs } from "./mesh-peering";
export type { EastWestArgs, FlatNetworkArgs, MultiClusterArgs, PeerArgs } from "./multi-cluster/multi-cluster-args";
export type { AllowedPeerArgs } from "./inputs/kubernetes/allowed-peer-args";
export type { PlaintextPortsArgs } from "./inputs/kubernetes/plaintext-ports-args";
export type { NamespaceArgs } from "./control-plane/namespaces/namespace-args";
export type { IngressOutputs } from "./plan/outputs";
export {
  AccessLogs,
  AlbBackendProtocol,
  Dataplane,
  EgressPolicy,
  GatewayApiChannel,
  GatewayApiCrds,
  IngressStrategy,
  IpAddressType,
  IpFamily,
  LoadBalancerController,
  Locality,
  MinimumTlsVersion,
  Mode,
  MtlsMode,
  NlbListenerProtocol,
  NlbTargetType,
  PathType,
  PodSecurityGroupEnforcingMode,
  NodeRules,
  Profile,
  Protocol,
  Routing,
  Scheme,
  TrafficDirection,
  TrafficScope,
  TracingProvider,
} from "./plan/enums";
export type { CertificateAuthorityArgs } from "./security/certificate-authority/certificate-authority-args";
export type { SecurityArgs } from "./security/security-args";
export type {
  ConnectionPoolArgs,
  OutlierDetectionArgs,
  RetryArgs,
  TcpKeepaliveArgs,
  TrafficArgs,
} from "./traffic/traffic-args";
export type { EgressArgs } from "./egress/egress-args";
export type { VpcCniArgs } from "./vpc-cni/vpc-cni-args";
export { vpcCniConfiguration, type VpcCniConfiguration } from "./vpc-cni/vpc-cni-configuration";
export type { RouteArgs } from "./ingress/routes/route-args";
export type {
  RouteCorsArgs,
  RouteFaultArgs,
  RouteHeadersArgs,
  RouteMirrorArgs,
  RouteRedirectArgs,
  RouteRetriesArgs,
} from "./ingress/routes/route-policy-args";
export type { AddonArgs } from "./inputs/kubernetes/addon-args";
export type { ResourceQuantitiesArgs, ResourcesArgs } from "./inputs/kubernetes/pod-resources-args";
export type { TolerationArgs } from "./inputs/kubernetes/toleration-args";
export type { TelemetryArgs, TracingArgs } from "./telemetry/telemetry-args";
