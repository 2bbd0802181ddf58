import { listOf, memberAt, textOf } from "../members";
import type { Plan } from "../plan/plan";
import type { Recorded } from "../plan/recording";
import { type Clients, clientsOf } from "./clients";
import { type GatewayPods, gatewayOf, type TlsEnd, tlsEndOf } from "./gateway-pods";
import { type LoadBalancer, loadBalancerOf } from "./load-balancer";
import { enrolledNamespaces, namespacesOf, type TrafficNamespace } from "./namespaces";
import { type Route, routesOf } from "./routes";

/** The ways that requests take into the mesh. */
export interface TrafficPath {
  readonly ingresses: readonly IngressPath[];
  /** What is known of a namespace, of one outside of the mesh too. */
  readonly namespaceOf: (name: string) => TrafficNamespace;
  /** Namespaces of the mesh that no route leads to. */
  readonly withoutRoutes: readonly TrafficNamespace[];
}

/** The way of requests through one load balancer. */
export interface IngressPath {
  readonly name: string;
  /** Empty: security groups that the plan does not hold decide. */
  readonly clients: readonly Clients[];
  /** Empty: every host. */
  readonly hosts: readonly Host[];
  readonly loadBalancer: LoadBalancer;
  /** Where TLS of the clients ends; none: requests come in plaintext. */
  readonly tlsEnd: "load balancer" | TlsEnd | undefined;
  readonly gateway: GatewayPods;
  readonly routes: readonly Route[];
}

export interface Host {
  readonly name: string;
  /** The plan has a DNS record of it that leads to the load balancer. */
  readonly record: boolean;
}

type Planned = Pick<Plan, "mesh" | "resources">;

/** Reads the ways of requests from the resources of a plan. */
export function trafficPathOf({ mesh, resources }: Planned): TrafficPath {
  const ingresses = resources.flatMap((resource) => {
    const loadBalancer = loadBalancerOf(resource);
    return loadBalancer === undefined ? [] : [ingressPathOf({ mesh, resources }, loadBalancer)];
  });
  const namespaceOf = namespacesOf(resources, rootNamespace(resources));
  const routed = new Set(
    ingresses.flatMap(({ routes }) => routes.flatMap((route) => route.destinations.map(({ namespace }) => namespace))),
  );
  return {
    ...{ ingresses, namespaceOf },
    withoutRoutes: enrolledNamespaces(resources)
      .filter((name) => !routed.has(name))
      .map(namespaceOf),
  };
}

function ingressPathOf({ mesh, resources }: Planned, loadBalancer: LoadBalancer): IngressPath {
  const name = loadBalancer.resource.slice(mesh.length + 1).replace(/^(service|ingress)-/, "");
  const gateway = gatewayOf(resources, loadBalancer);
  const gateways = resources.filter((one) =>
    [`${mesh}-istio-gateway-${name}`, `${mesh}-gateway-${gateway.name}`].includes(one.name),
  );
  return {
    ...{ name, loadBalancer, gateway },
    clients: clientsOf(resources, loadBalancer),
    hosts: hostsOf(resources, gateways, loadBalancer),
    tlsEnd: loadBalancer.listeners.some(({ tls }) => tls) ? "load balancer" : tlsEndOf(gateways),
    routes: resources.filter((one) => one.name.startsWith(`${mesh}-route-${name}/`)).flatMap(routesOf),
  };
}

function hostsOf(
  resources: readonly Recorded[],
  gateways: readonly Recorded[],
  loadBalancer: LoadBalancer,
): readonly Host[] {
  const records = new Set(
    resources.flatMap(({ type, inputs }) => {
      const alias = textOf(memberAt(listOf(memberAt(inputs, "aliases"))[0], "name"));
      const leads = type === "aws:route53/record:Record" && alias.startsWith(`<${loadBalancer.resource}.`);
      return leads ? [textOf(memberAt(inputs, "name"))] : [];
    }),
  );
  const ofGateways = gateways.flatMap(({ inputs }) => [
    ...listOf(memberAt(inputs, "spec", "servers")).flatMap((server) => listOf(memberAt(server, "hosts"))),
    ...listOf(memberAt(inputs, "spec", "listeners")).flatMap((one) => memberAt(one, "hostname") ?? []),
  ]);
  const given = loadBalancer.hosts.length > 0 ? loadBalancer.hosts : ofGateways.map(textOf);
  const names = new Set([...given, ...records].filter((name) => name !== "*"));
  return [...names].map((name) => ({ name, record: records.has(name) }));
}

/** The namespace whose policies are those of the whole mesh. */
function rootNamespace(resources: readonly Recorded[]): string {
  const istiod = resources.find(({ inputs }) => memberAt(inputs, "chart") === "istiod");
  return textOf(memberAt(istiod?.inputs, "namespace"));
}
