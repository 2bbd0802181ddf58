import type { IngressFacts, LoadBalancerType } from "../../plan/facts";
import type { AddressPlan, GatewayServer, IngressContext, Listener, TargetPort, TargetRoute } from "../../plan/ingress";
import type { IngressSettings, StrategySettings, TlsSettings } from "../../plan/ingress-settings";
import type { InputValue } from "../../plan/input-value";
import type { KubernetesObjectPlan } from "../../plan/kubernetes-object";
import type { Problem, Resolved } from "../../plan/problem";
import type { ClusterSettings } from "../../plan/settings";
import type { WebAclPlan } from "../../plan/web-acl";
import type { IngressStrategy, Scheme } from "../../plan/enums";
import type { AnnotationRules } from "./annotations-check";

/** What a strategy must know of the ingress around its block of arguments. */
export interface StrategyContext {
  /** Path of the ingress in the arguments. */
  readonly path: string;
  readonly ingress: string;
  readonly cluster: ClusterSettings;
  readonly scheme: Scheme;
  readonly tls: TlsSettings;
  /** How many subnets are named. */
  readonly subnets: number;
  readonly annotations: Readonly<Record<string, string>>;
  /** Proxies before the load balancer. */
  readonly trustedProxies: number;
}

/** An ARN in the block of a strategy. */
export interface RegionalArn {
  readonly member: string;
  readonly arn: InputValue | undefined;
  /** What it is of, such as `a web ACL`. */
  readonly what: string;
  /** Where it is in another region than `region`. */
  readonly suggestion: (region: string) => string;
}

/** An IngressClass that must exist. */
export interface RequiredIngressClass {
  readonly name: string;
  /** The value of its `spec.controller`. */
  readonly controller: string;
}

/** An ingress of the same strategy that is written before another one. */
export interface EarlierIngress<Settings> {
  readonly name: string;
  readonly settings: Settings;
}

/**
 * Everything in which one ingress strategy differs from another. All other code asks its members, so that a new strategy
 * is a folder with such a module, and a row of the registry in `index.ts`.
 *
 * The functions are methods on purpose: TypeScript then takes a module for its own settings as a module for any settings.
 * The registry finds a module by the `kind` of the settings, so that a module only ever gets its own.
 */
export interface IngressStrategyModule<
  Settings extends StrategySettings = StrategySettings,
  Block extends object = object,
> {
  /** The value of `strategy` in the arguments, and the name of the block of arguments that only this strategy has. */
  readonly kind: IngressStrategy;
  /** What users call the load balancer, such as `NLB`. */
  readonly title: string;
  readonly loadBalancerType: LoadBalancerType;
  /** The annotations of the object that carries the load balancer. */
  readonly annotations: AnnotationRules;
  /** Attributes that other members decide, with those members, by the annotation that holds attributes of this kind. */
  readonly ownedAttributes: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** How many addresses the load balancer itself appends to X-Forwarded-For. */
  readonly appendedAddresses: number;
  /** Whether a load balancer with `hostnames` forwards requests for these hosts only. */
  readonly forwardsHostnamesOnly: boolean;
  /** Whether all ingresses of this strategy that share a gateway share a Service as well. */
  readonly sharesService: boolean;
  /** Zones in which the load balancer needs subnets. */
  readonly requiredZones: number;
  /** The IngressClass without which the AWS Load Balancer Controller takes no object of this strategy; undefined: none. */
  readonly ingressClass: RequiredIngressClass | undefined;

  /** Fills in the defaults of the block of arguments, and checks what only this strategy can get wrong. */
  resolve(block: Block, context: StrategyContext): Resolved<Settings>;
  /** What to add to the problem where the user wrote the block of another strategy; empty: nothing. */
  explainForeignBlock(block: object): string;
  /** Whether the load balancer passes the client's address to the gateway by PROXY protocol. */
  sendsProxyProtocol(block: Block): boolean;
  /** What the block names that must be in the load balancer's region. */
  regionalArns(block: Block): readonly RegionalArn[];
  /** The longest timeout of a health check that has this interval. */
  longestTimeoutSeconds(intervalSeconds: number): number;

  /** The load balancer's name in AWS, unique in an account and region; undefined: the controller finds one. */
  nameInAws(settings: Settings, cluster: string): string | undefined;
  /** What cannot be beside an earlier ingress of the same strategy. */
  checkBeside(settings: Settings, earlier: EarlierIngress<Settings>, path: string): readonly Problem[];
  /** The ports on which clients reach the load balancer. */
  planListeners(ingress: Pick<IngressSettings, "tls">, settings: Settings): readonly Listener[];
  /** All listeners of the load balancer as annotations name them, such as `HTTPS-443`. */
  listenerNames(ingress: Pick<IngressSettings, "tls">, settings: Settings): readonly string[];
  /** What the gateway must serve. */
  planServers(ingress: IngressSettings, settings: Settings): readonly GatewayServer[];
  planTargetRoute(settings: Settings): TargetRoute;
  planTargetPorts(settings: Settings): readonly TargetPort[];
  /** Those of the target ports that get in plain text what the load balancer received by TLS, with no header that says so. */
  planDecryptedPorts(ingress: IngressSettings, settings: Settings): readonly number[];
  planAddress(ingress: IngressSettings): AddressPlan;
  /** The Service before the gateway's pods. */
  planService(context: IngressContext, settings: Settings, facts: IngressFacts): readonly KubernetesObjectPlan[];
  /** The objects that come after the Service. */
  planIngressObjects(context: IngressContext, settings: Settings, facts: IngressFacts): readonly KubernetesObjectPlan[];
  /** Web ACLs that are made for the load balancer. */
  planWebAcls(
    ingress: IngressSettings,
    settings: Settings,
    tags: Readonly<Record<string, InputValue>>,
  ): readonly WebAclPlan[];
}
