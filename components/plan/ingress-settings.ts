import type { InputValue } from "./input-value";
import type { RouteMatchSettings, RoutePolicySettings } from "./route-settings";
import type {
  AlbBackendProtocol,
  IngressStrategy,
  IpAddressType,
  NlbListenerProtocol,
  NlbTargetType,
  Scheme,
} from "./enums";

/** One ingress: a load balancer in front of a gateway. */
export interface IngressSettings {
  readonly name: string;
  /** Name of the gateway whose pods serve it; differs from `name` when shared. */
  readonly gateway: string;
  /** Name of the ingress whose Service leads to the gateway's pods: its own, or one that it shares. */
  readonly service: string;
  readonly strategy: StrategySettings;
  readonly scheme: Scheme;
  readonly ipAddressType: IpAddressType;
  /** Empty: every host. */
  readonly hostnames: readonly string[];
  readonly dns: DnsSettings | undefined;
  readonly tls: TlsSettings;
  readonly clients: readonly ClientRange[];
  readonly subnetIds: readonly InputValue[];
  readonly healthCheck: HealthCheckSettings;
  readonly annotations: Readonly<Record<string, string>>;
  readonly routes: readonly RouteSettings[];
  /** What each of the gateway's pods takes; undefined: no limit, or another ingress decides it. */
  readonly rateLimit: RateLimitSettings | undefined;
}

/** A token bucket. */
export interface RateLimitSettings {
  readonly requestsPerSecond: number;
  readonly burst: number;
}

/** Where the requests go that have one host and path, and meet the same conditions. */
export interface RouteSettings {
  /** `*`: every host. */
  readonly host: string;
  /** A prefix has no slash at its end unless it is `/`. */
  readonly path: string;
  readonly match: RouteMatchSettings;
  readonly policy: RoutePolicySettings;
  /** Namespace of the first destination; undefined: a redirect, which has no destination. */
  readonly namespace: string | undefined;
  readonly destinations: readonly DestinationSettings[];
}

export interface DestinationSettings {
  readonly service: string;
  readonly namespace: string;
  readonly port: number;
  /** In percent of the requests. */
  readonly weight: number;
}

/** What the strategy of an ingress was configured with. The rest of it is known to the strategy alone. */
export interface StrategySettings {
  readonly kind: IngressStrategy;
}

export interface NlbSettings extends StrategySettings {
  readonly kind: "nlb";
  readonly crossZone: boolean;
  readonly targetType: NlbTargetType;
  readonly proxyProtocol: boolean;
  readonly preserveClientIp: boolean | undefined;
  readonly eipAllocationIds: readonly InputValue[];
  readonly name: string | undefined;
  /** Listeners beside 80 and 443. */
  readonly ports: readonly NlbPortSettings[];
}

export interface NlbPortSettings {
  readonly name: string;
  readonly port: number;
  /** The port of the gateway's pods. */
  readonly targetPort: number;
  readonly protocol: NlbListenerProtocol;
}

export interface AlbSettings extends StrategySettings {
  readonly kind: "alb";
  readonly name: LoadBalancerName;
  readonly webAclArn: InputValue | undefined;
  /** Requests of one address in 5 minutes, by a web ACL of the mesh's own; 0: a former web ACL is taken away. */
  readonly rateLimitPer5Minutes: number | undefined;
  readonly groupName: string | undefined;
  readonly idleTimeoutSeconds: number | undefined;
  readonly accessLogsBucket: string | undefined;
  readonly backendProtocol: AlbBackendProtocol;
}

/** A name written by the user, or one that begins with the cluster's. */
export type LoadBalancerName = { readonly exactly: string } | { readonly afterCluster: string };

/** Where TLS ends. Both parts at once: the ALB ends it and starts it anew towards the gateway. */
export interface TlsSettings {
  /** The load balancer ends TLS with this certificate. */
  readonly certificate: CertificateSource | undefined;
  /** ARNs of more certificates of the load balancer, chosen by server name. */
  readonly moreCertificates: readonly InputValue[];
  /** The gateway ends TLS with the certificate of this Secret. */
  readonly secretName: string | undefined;
  readonly policy: string;
  readonly redirectHttp: boolean;
}

export type CertificateSource =
  | { readonly kind: "arn"; readonly arn: InputValue }
  | { readonly kind: "look-up"; readonly domain: string }
  | { readonly kind: "request"; readonly domains: readonly string[] };

export interface DnsSettings {
  readonly zone: HostedZoneSource;
  /** The zone in which a requested certificate is validated; undefined: `zone`. */
  readonly validationZone: HostedZoneSource | undefined;
  readonly createRecords: boolean;
  readonly evaluateTargetHealth: boolean;
  /** The role with which Route 53 is asked; undefined: the stack's own identity. */
  readonly roleArn: InputValue | undefined;
}

export type HostedZoneSource =
  | { readonly kind: "id"; readonly id: InputValue }
  | { readonly kind: "look-up"; readonly name: string; readonly privateZone: boolean };

/** Who may reach the load balancer: a range, whatever the VPC's own ranges turn out to be, or those whom AWS knows by an id. */
export type ClientRange =
  | { readonly kind: "ipv4" | "ipv6"; readonly cidr: string }
  | { readonly kind: "vpc" }
  | { readonly kind: "prefix-list" | "security-group"; readonly id: InputValue };

export interface HealthCheckSettings {
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
  readonly timeoutSeconds: number;
  readonly intervalSeconds: number;
}
