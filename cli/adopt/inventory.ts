import type { QueryResult } from "../check/facts";
import type { KubernetesObject } from "../check/kubernetes-object";

/** What was found in a cluster and its account. A question without an answer is unknown: never taken for absent. */
export interface Inventory {
  /** Name of the EKS cluster. */
  readonly cluster: string;
  readonly kubernetes: KubernetesInventory;
  readonly aws: AwsInventory;
}

export interface KubernetesInventory {
  /** Deployments labelled `app=istiod`. */
  readonly istiods: QueryResult<readonly KubernetesObject[]>;
  /** DaemonSets of the CNI agent and of ztunnel. */
  readonly agents: QueryResult<readonly KubernetesObject[]>;
  /** The newest revision of every Helm release. */
  readonly releases: QueryResult<readonly InstalledRelease[]>;
  readonly services: QueryResult<readonly KubernetesObject[]>;
  readonly ingresses: QueryResult<readonly KubernetesObject[]>;
  readonly namespaces: QueryResult<readonly KubernetesObject[]>;
  /** ConfigMaps with istiod's mesh configuration. */
  readonly meshConfigs: QueryResult<readonly KubernetesObject[]>;
  /** Webhooks of revision tags. */
  readonly tagWebhooks: QueryResult<readonly KubernetesObject[]>;
  readonly peerAuthentications: QueryResult<readonly KubernetesObject[]>;
  /** Gateways of Istio and of the Gateway API. */
  readonly gateways: QueryResult<readonly KubernetesObject[]>;
  /** Metadata of the Secrets called `cacerts`, with which istiod signs; nobody reads what is in them. */
  readonly authorities: QueryResult<readonly KubernetesObject[]>;
  readonly configuration: Readonly<Record<ConfigurationKind, QueryResult<readonly KubernetesObject[]>>>;
}

/** Kinds of objects by which a mesh is configured, each with the path of its list. */
export const configurationPaths = {
  AuthorizationPolicy: "/apis/security.istio.io/v1/authorizationpolicies",
  NetworkPolicy: "/apis/networking.k8s.io/v1/networkpolicies",
  Telemetry: "/apis/telemetry.istio.io/v1/telemetries",
  VirtualService: "/apis/networking.istio.io/v1/virtualservices",
  HTTPRoute: "/apis/gateway.networking.k8s.io/v1/httproutes",
  ReferenceGrant: "/apis/gateway.networking.k8s.io/v1beta1/referencegrants",
  DestinationRule: "/apis/networking.istio.io/v1/destinationrules",
  Sidecar: "/apis/networking.istio.io/v1/sidecars",
  ServiceEntry: "/apis/networking.istio.io/v1/serviceentries",
  EnvoyFilter: "/apis/networking.istio.io/v1alpha3/envoyfilters",
} as const;

export type ConfigurationKind = keyof typeof configurationPaths;

/** A Helm release with the values that its user gave. */
export interface InstalledRelease {
  readonly name: string;
  readonly namespace: string;
  readonly chart: string;
  readonly version: string;
  readonly revision: number;
  /** In Helm's terms: deployed, failed, pending-upgrade, … */
  readonly status: string;
  readonly values: Readonly<Record<string, unknown>>;
}

export interface AwsInventory {
  readonly autoMode: QueryResult<boolean>;
  /** IPv4 and IPv6 ranges of the cluster's VPC. */
  readonly vpcRanges: QueryResult<readonly string[]>;
  readonly balancers: QueryResult<readonly LoadBalancer[]>;
  readonly records: QueryResult<readonly DnsRecord[]>;
}

export interface LoadBalancer {
  readonly name: string;
  /** Its DNS name, in lower case. */
  readonly hostname: string;
  readonly type: string;
  readonly scheme: string;
  readonly securityGroupIds: readonly string[];
  /** Who may reach it: rules of its security groups. */
  readonly rules: readonly InboundRule[];
  /** A WAFv2 web ACL that is associated with it. */
  readonly webAclArn: string | undefined;
}

/** An inbound rule of a security group: one peer, one range of ports. */
export interface InboundRule {
  /** A range of addresses, or the id of a prefix list or security group. */
  readonly peer: string;
  readonly fromPort: number;
  readonly toPort: number;
}

export interface DnsRecord {
  readonly zoneId: string;
  readonly zoneName: string;
  /** Without the last dot. */
  readonly name: string;
  readonly type: string;
  /** Where an alias or CNAME leads, in lower case. */
  readonly target: string;
  /** Whether it is a plain alias: without weight, region or other routing policy. */
  readonly plainAlias: boolean;
  /** Whether ExternalDNS keeps it, as a TXT record of the same name says. */
  readonly externalDns: boolean;
}
