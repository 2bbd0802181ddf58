import type { IngressSettings } from "./ingress-settings";
import type { InputValue } from "./input-value";
import type { GatewaySettings } from "./gateway-settings";
import type { LoadBalancerController } from "./enums";

/** A port on which the load balancer listens for clients. */
export interface Listener {
  readonly name: string;
  readonly port: number;
  /** Part of the names of its rules, where `name` is one that the user may change. */
  readonly ruleName?: string;
}

/** A port of the gateway's pods to which the load balancer, or its health check, connects. */
export interface TargetPort {
  /** Name of the Service's port: `http2`, `https` and `status-port` as in the gateway chart, or one of the strategy's own. */
  readonly name: string;
  readonly port: number;
  /** Part of the names of its rules, where `name` is one that the user may change. */
  readonly ruleName?: string;
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

/** The object that carries the load balancer, and in whose status its hostname appears. */
export interface AddressPlan {
  readonly logicalName: string;
  readonly apiVersion: string;
  readonly kind: string;
  /** The kind's name in paths of the Kubernetes API. */
  readonly plural: string;
  readonly name: string;
}
