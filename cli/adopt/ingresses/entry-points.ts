import { ingressClassAnnotation } from "../../../components/ingress/strategies/load-balancer-controller";
import { at, type KubernetesObject, listAt, textAt } from "../../check/kubernetes-object";
import type { LoadBalancer } from "../inventory";
import { isTree } from "../trees";

/** An object from which a load balancer was made, before gateway pods of Istio. */
export interface EntryPoint {
  readonly strategy: "nlb" | "alb";
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

/** Every load balancer before gateway pods. */
export function entryPointsIn({ services, ingresses, balancers }: EntryPointFacts): readonly EntryPoint[] {
  const gateways = services.filter((service) => isGateway(selectorOf(service)));
  const nlbs = gateways
    .filter((service) => textAt(service, "spec", "type") === "LoadBalancer")
    .map((service) => ({
      strategy: "nlb" as const,
      object: service,
      service,
      balancer: balancerOf(service, balancers),
    }));
  const albs = ingresses.filter(isAlb).flatMap((object) => {
    const names = backendsOf(object);
    const service = gateways.find(
      ({ metadata }) => names.includes(metadata.name) && metadata.namespace === object.metadata.namespace,
    );
    if (service === undefined) return [];
    return [{ strategy: "alb" as const, object, service, balancer: balancerOf(object, balancers) }];
  });
  return [...nlbs, ...albs];
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

/** The class of an Ingress, new way or old. */
export function classOf(ingress: KubernetesObject): string {
  const name = textAt(ingress, "spec", "ingressClassName");
  return name === "" ? (ingress.metadata.annotations?.[ingressClassAnnotation] ?? "") : name;
}

function isAlb(ingress: KubernetesObject): boolean {
  return /alb/.test(classOf(ingress));
}

/** Names of the Services that an Ingress leads to. */
export function backendsOf(ingress: KubernetesObject): readonly string[] {
  const rules = listAt(ingress, "spec", "rules").flatMap((rule) => listAt(rule, "http", "paths"));
  const backends = [at(ingress, "spec", "defaultBackend"), ...rules.map((path) => at(path, "backend"))];
  // Actions of the controller, such as a redirect, stand in the place of a Service.
  const services = backends
    .filter((backend) => textAt(backend, "service", "port", "name") !== "use-annotation")
    .map((backend) => textAt(backend, "service", "name"));
  return [...new Set(services)].filter((name) => name !== "");
}

function balancerOf(object: KubernetesObject, balancers: readonly LoadBalancer[]): LoadBalancer | undefined {
  const hostname = textAt(object, "status", "loadBalancer", "ingress", 0, "hostname").toLowerCase();
  return balancers.find((one) => one.hostname === hostname);
}
