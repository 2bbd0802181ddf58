import { logicalNames } from "../../logical-names";
import type { RouteSettings } from "../../plan/ingress-settings";
import type { KubernetesObjectPlan } from "../../plan/kubernetes-object";
import { planRules } from "./http-route-rule";
import { routeName } from "./route-names";
import { byPath, mostSpecificFirst, type RoutesOfPath } from "./route-order";
import { servicesOf } from "./route-services";

/** The routes of an ingress whose gateway the Gateway API configures. */
export interface HttpRouteRequirement {
  readonly ingress: string;
  readonly gateway: { readonly name: string; readonly namespace: string };
  readonly routes: readonly RouteSettings[];
  /** Names of the Gateway's listeners that serve a host. */
  readonly listenersOf: (host: string) => readonly string[];
  /** What comes before a route's objects in a namespace. */
  readonly after: (namespace: string) => readonly string[];
}

/** The routes of one host and path, the most specific first. */
interface PathRoutes extends RoutesOfPath<RouteSettings> {
  /** The namespace of their object. */
  readonly objectNamespace: string;
}

/**
 * Plans an HTTPRoute for each host and path, beside the Service that it leads to (components/decisions/0009).
 *
 * The Gateway API itself puts the longest path first, so that each path can be an object of its own. Of routes with one path
 * and as many conditions it takes those of the older object first, so that they are rules of one object.
 */
export function planHttpRoutes(requirement: HttpRouteRequirement): readonly KubernetesObjectPlan[] {
  return inOrder(requirement).flatMap((routes) => {
    const grants = planGrants(requirement, routes);
    return [...grants, planHttpRoute(requirement, routes, grants)];
  });
}

function inOrder({ routes, gateway }: HttpRouteRequirement): readonly PathRoutes[] {
  return byPath(routes).map((group) => {
    const ordered = mostSpecificFirst(group.routes);
    return { ...group, routes: ordered, objectNamespace: objectNamespaceOf(ordered, gateway.namespace) };
  });
}

/** That of the least specific route: one with more conditions comes and goes without moving the object. */
function objectNamespaceOf(ordered: readonly RouteSettings[], gateway: string): string {
  const namespaces = ordered.flatMap(({ namespace }) => (namespace === undefined ? [] : [namespace]));
  const last = namespaces.at(-1);
  return last === undefined ? gateway : last;
}

function planHttpRoute(
  { ingress, gateway, listenersOf, after }: HttpRouteRequirement,
  { host, path, routes, objectNamespace }: PathRoutes,
  grants: readonly KubernetesObjectPlan[],
): KubernetesObjectPlan {
  const parent = { name: gateway.name, namespace: gateway.namespace };
  return {
    name: logicalNames.route(ingress, `${host}${path}`),
    after: [...after(objectNamespace), ...grants.map(({ name }) => name)],
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "HTTPRoute",
    metadata: { name: routeName(ingress, host, path), namespace: objectNamespace },
    body: {
      spec: {
        parentRefs: listenersOf(host).map((sectionName) => ({ ...parent, sectionName })),
        ...(host === "*" ? {} : { hostnames: [host] }),
        rules: routes.flatMap((route) => planRules(route, objectNamespace)),
      },
    },
  };
}

/** A route may lead to another namespace only if that one says so. `v1beta1` is what every supported release serves. */
function planGrants(
  { ingress, after }: HttpRouteRequirement,
  { host, path, routes, objectNamespace }: PathRoutes,
): readonly KubernetesObjectPlan[] {
  const services = routes.flatMap(servicesOf);
  const others = [...new Set(services.map(({ namespace }) => namespace))].filter(
    (namespace) => namespace !== objectNamespace,
  );
  return others.map((namespace) => ({
    name: logicalNames.referenceGrant(ingress, `${host}${path}`, namespace),
    after: after(namespace),
    apiVersion: "gateway.networking.k8s.io/v1beta1",
    kind: "ReferenceGrant",
    metadata: { name: routeName(ingress, host, path), namespace },
    body: {
      spec: {
        from: [{ group: "gateway.networking.k8s.io", kind: "HTTPRoute", namespace: objectNamespace }],
        to: [...new Set(services.filter((one) => one.namespace === namespace).map(({ service }) => service))].map(
          (name) => ({ group: "", kind: "Service", name }),
        ),
      },
    },
  }));
}
