import type { IngressFacts } from "./facts";
import type { IngressSettings } from "./ingress-settings";
import type { KubernetesObjectPlan } from "./kubernetes-object";
import type { InputValue } from "./input-value";
import type { GatewaySettings } from "./gateway-settings";
import type { LoadBalancerController } from "./enums";
import type { LoadBalancerType } from "./facts";
import type { WebAclPlan } from "./web-acl";

/** A port on which the load balancer listens for clients. */
export interface Listener {
  readonly name: string;
  readonly port: number;
}

/** A port of the gateway's pods to which the load balancer, or its health check, connects. */
export interface TargetPort {
  /** Name of the Service's port: `http2`, `https` and `status-port` as in the gateway chart, or one of `nlb.ports`. */
  readonly name: string;
  readonly port: number;
}

/** How the load balancer reaches the gateway's pods: directly, or by the node ports of a Service. */
export type TargetRoute = "pods" | "node-ports";

/** A port that the gateway must serve for an ingress. */
export interface GatewayServer {
  readonly name: "http" | "https";
  readonly port: number;
  readonly protocol: "HTTP" | "HTTPS";
  /** Empty: every host. */
  readonly hosts: readonly string[];
  /** Answer with a redirect to HTTPS in place of serving. */
  readonly redirect: boolean;
  readonly secretName: string | undefined;
}

/** What one strategy has to work with. */
export interface IngressContext {
  readonly ingress: IngressSettings;
  readonly gateway: GatewaySettings;
  readonly controller: LoadBalancerController;
  readonly tags: Readonly<Record<string, InputValue>>;
  /** Ports of the gateway that a Service shared by several ingresses must carry. */
  readonly sharedPorts: readonly TargetPort[];
  /** Logical names that everything of this ingress comes after. */
  readonly after: readonly string[];
}

/** What an ingress strategy decides. Every strategy fills in the same form, so that nobody else knows one by name. */
export interface IngressStrategyModule<Settings> {
  readonly loadBalancerType: LoadBalancerType;
  /** The ports on which clients reach the load balancer. */
  readonly planListeners: (ingress: IngressSettings, settings: Settings) => readonly Listener[];
  /** What the gateway must serve. */
  readonly planServers: (ingress: IngressSettings, settings: Settings) => readonly GatewayServer[];
  readonly planTargetRoute: (settings: Settings) => TargetRoute;
  readonly planTargetPorts: (settings: Settings) => readonly TargetPort[];
  /** Those of the target ports that get in plain text what the load balancer received by TLS, with no header that says so. */
  readonly planDecryptedPorts: (ingress: IngressSettings, settings: Settings) => readonly number[];
  /** The Service before the gateway's pods. */
  readonly planService: PlanObjects<Settings>;
  /** The objects that come after the Service. */
  readonly planIngressObjects: PlanObjects<Settings>;
  readonly planAddress: (ingress: IngressSettings) => AddressPlan;
  /** Web ACLs that are made for the load balancer. */
  readonly planWebAcls: (
    ingress: IngressSettings,
    settings: Settings,
    tags: Readonly<Record<string, InputValue>>,
  ) => readonly WebAclPlan[];
}

/** The object that carries the load balancer, and in whose status its hostname appears. */
export interface AddressPlan {
  readonly logicalName: string;
  /** The object's kind. */
  readonly kind: "Service" | "Ingress";
}

export type PlanObjects<Settings> = (
  context: IngressContext,
  settings: Settings,
  facts: IngressFacts,
) => readonly KubernetesObjectPlan[];
