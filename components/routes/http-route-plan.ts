import { logicalNames } from "../logical-names";
import type { DestinationSettings, RouteSettings } from "../plan/ingress-settings";
import type { KubernetesObjectPlan } from "../plan/kubernetes-object";
import type { Tree } from "../plan/leaf";
import { routeName } from "./route-names";

/** The routes of an ingress whose gateway the Gateway API configures. */
export interface HttpRouteDemand {
  readonly ingress: string;
  readonly gateway: { readonly name: string; readonly namespace: string };
  readonly routes: readonly RouteSettings[];
  /** Names of the Gateway's listeners that serve a host. */
  readonly listenersOf: (host: string) => readonly string[];
  /** What comes before a route's objects in a namespace. */
  readonly after: (namespace: string) => readonly string[];
}

/**
 * Plans an HTTPRoute for each host and path, beside the Service that it leads to (components/decisions/0009).
 *
 * The Gateway API itself puts the longest path first, so that each route can be an object of its own.
 */
export function planHttpRoutes(demand: HttpRouteDemand): readonly KubernetesObjectPlan[] {
  return demand.routes.flatMap((route) => {
    const grants = planGrants(demand, route);
    return [...grants, planHttpRoute(demand, route, grants)];
  });
}

function planHttpRoute(
  { ingress, gateway, listenersOf, after }: HttpRouteDemand,
  route: RouteSettings,
  grants: readonly KubernetesObjectPlan[],
): KubernetesObjectPlan {
  const { host, path, namespace, destinations } = route;
  const parent = { name: gateway.name, namespace: gateway.namespace };
  return {
    name: logicalNames.route(ingress, `${host}${path}`),
    after: [...after(namespace), ...grants.map(({ name }) => name)],
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "HTTPRoute",
    metadata: { name: routeName(ingress, host, path), namespace },
    body: {
      spec: {
        parentRefs: listenersOf(host).map((sectionName) => ({ ...parent, sectionName })),
        ...(host === "*" ? {} : { hostnames: [host] }),
        rules: [
          {
            matches: [{ path: { type: "PathPrefix", value: path } }],
            backendRefs: destinations.map((destination) => backendRef(destination, namespace)),
          },
        ],
      },
    },
  };
}

function backendRef({ service, namespace, port, weight }: DestinationSettings, home: string): Tree {
  return { name: service, ...(namespace === home ? {} : { namespace }), port, weight };
}

/** A route may lead to another namespace only if that one says so. `v1beta1` is what every supported release serves. */
function planGrants(
  { ingress, after }: HttpRouteDemand,
  { host, path, namespace: home, destinations }: RouteSettings,
): readonly KubernetesObjectPlan[] {
  const others = [...new Set(destinations.map(({ namespace }) => namespace))].filter((namespace) => namespace !== home);
  return others.map((namespace) => ({
    name: logicalNames.referenceGrant(ingress, `${host}${path}`, namespace),
    after: after(namespace),
    apiVersion: "gateway.networking.k8s.io/v1beta1",
    kind: "ReferenceGrant",
    metadata: { name: routeName(ingress, host, path), namespace },
    body: {
      spec: {
        from: [{ group: "gateway.networking.k8s.io", kind: "HTTPRoute", namespace: home }],
        to: [...new Set(destinations.filter((one) => one.namespace === namespace).map(({ service }) => service))].map(
          (name) => ({ group: "", kind: "Service", name }),
        ),
      },
    },
  }));
}
