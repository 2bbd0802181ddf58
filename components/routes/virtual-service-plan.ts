import { logicalNames } from "../logical-names";
import type { DestinationSettings, RouteSettings } from "../plan/ingress-settings";
import type { KubernetesObjectPlan } from "../plan/kubernetes-object";
import type { Tree } from "../plan/leaf";
import { routeName } from "./route-names";

/** The routes of an ingress whose gateway Istio's own API configures. */
export interface VirtualServiceDemand {
  readonly ingress: string;
  /** Namespace of the gateway, and of the Istio Gateway of this ingress. */
  readonly namespace: string;
  readonly routes: readonly RouteSettings[];
  readonly after: readonly string[];
}

/**
 * Plans a VirtualService for each host. All paths of a host must be in one: istiod puts those of several together in no
 * order that one could rely on, and takes the first that fits.
 */
export function planVirtualServices(demand: VirtualServiceDemand): readonly KubernetesObjectPlan[] {
  const { ingress, namespace, routes, after } = demand;
  return [...new Set(routes.map(({ host }) => host))].map((host) => ({
    name: logicalNames.route(ingress, host),
    after,
    apiVersion: "networking.istio.io/v1",
    kind: "VirtualService",
    metadata: { name: routeName(ingress, host), namespace },
    body: {
      spec: {
        hosts: [host],
        gateways: [`${namespace}/${ingress}`],
        http: longestFirst(routes.filter((route) => route.host === host)).map(httpRoute),
      },
    },
  }));
}

/** Paths of one length never fit the same request, so that their order is only for the eye. */
function longestFirst(routes: readonly RouteSettings[]): readonly RouteSettings[] {
  return [...routes].sort((one, other) => other.path.length - one.path.length || (one.path < other.path ? -1 : 1));
}

function httpRoute({ path, destinations }: RouteSettings): Tree {
  return { ...matchOf(path), route: destinations.map(routeTo) };
}

/** A prefix of Istio is one of letters: `/cart` would take `/cartoons` too. */
function matchOf(path: string): Tree {
  return path === "/" ? {} : { match: [{ uri: { exact: path } }, { uri: { prefix: `${path}/` } }] };
}

function routeTo({ service, namespace, port, weight }: DestinationSettings): Tree {
  return { destination: { host: `${service}.${namespace}.svc.cluster.local`, port: { number: port } }, weight };
}
