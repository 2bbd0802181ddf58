import { logicalNames } from "../../logical-names";
import type { RouteSettings } from "../../plan/ingress-settings";
import type { KubernetesObjectPlan } from "../../plan/kubernetes-object";
import { routeName } from "./route-names";
import { mostSpecificFirst } from "./route-order";
import { planHttpRule } from "./virtual-service-rule";

/** The routes of an ingress whose gateway Istio's own API configures. */
export interface VirtualServiceRequirement {
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
export function planVirtualServices(requirement: VirtualServiceRequirement): readonly KubernetesObjectPlan[] {
  const { ingress, namespace, routes, after } = requirement;
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
        http: mostSpecificFirst(routes.filter((route) => route.host === host)).map(planHttpRule),
      },
    },
  }));
}
