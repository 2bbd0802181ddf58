import type { IngressStrategy } from "../../../components/plan/enums";
import { at, type KubernetesObject, textAt } from "../../check/kubernetes-object";
import type { LoadBalancer } from "../inventory";
import { isTree } from "../trees";

/** An object from which a load balancer was made, before gateway pods of Istio. */
export interface EntryPoint {
  readonly strategy: IngressStrategy;
  /** The Service or Ingress. */
  readonly object: KubernetesObject;
  /** The Service that selects the gateway's pods: the object itself, or what the Ingress leads to. */
  readonly service: KubernetesObject;
  readonly balancer: LoadBalancer | undefined;
}

export interface EntryPointFacts {
  readonly services: readonly KubernetesObject[];
  readonly ingresses: readonly KubernetesObject[];
  readonly balancers: readonly LoadBalancer[];
}

export const gatewayNameLabel = "gateway.networking.k8s.io/gateway-name";

/** Services that select gateway pods. */
export function gatewaysIn(services: readonly KubernetesObject[]): readonly KubernetesObject[] {
  return services.filter((service) => isGateway(selectorOf(service)));
}

/** The labels that a Service selects. */
export function selectorOf(service: KubernetesObject): Readonly<Record<string, string>> {
  const selector = at(service, "spec", "selector");
  return isTree(selector) ? (selector as Readonly<Record<string, string>>) : {};
}

/** Istio's own parts that are no gateways for clients. */
const otherParts = ["pilot", "istiod", "eastwestgateway", "egressgateway", "egress"];

function isGateway(selector: Readonly<Record<string, string>>): boolean {
  if (selector[gatewayNameLabel] !== undefined) return true;
  const { istio } = selector;
  return istio !== undefined && !otherParts.includes(istio);
}

/** The load balancer that an object has in its status. */
export function balancerOf(object: KubernetesObject, balancers: readonly LoadBalancer[]): LoadBalancer | undefined {
  const hostname = textAt(object, "status", "loadBalancer", "ingress", 0, "hostname").toLowerCase();
  return balancers.find((one) => one.hostname === hostname);
}
