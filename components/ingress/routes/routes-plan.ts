import { servingListeners } from "../gateways/gateway-api-gateway-plan";
import { mergeServers } from "../gateways/servers";
import { strategyFor } from "../strategies";
import { withExternalDns } from "../dns/external-dns";
import { logicalNames } from "../../logical-names";
import type { IngressSettings } from "../../plan/ingress-settings";
import type { KubernetesObjectPlan } from "../../plan/kubernetes-object";
import type { GatewaySettings } from "../../plan/gateway-settings";
import type { MeshSettings } from "../../plan/settings";
import { Routing } from "../../plan/enums";
import { planHttpRoutes } from "./http-route-plan";
import { planVirtualServices } from "./virtual-service-plan";
import { gatewayName } from "../gateways/gateways-plan";
import { afterNamespace } from "../../control-plane/namespaces/namespaces-plan";

/** Plans the routes of all ingresses, behind their gateways: no load balancer waits for them. */
export function planRoutes(settings: MeshSettings): readonly KubernetesObjectPlan[] {
  return settings.ingresses.flatMap((ingress) =>
    settings.gateways
      .filter(({ name }) => name === ingress.gateway)
      .flatMap((gateway) => withExternalDns(planIngressRoutes(settings, ingress, gateway), [ingress])),
  );
}

function planIngressRoutes(
  settings: MeshSettings,
  { name: ingress, routes }: IngressSettings,
  gateway: GatewaySettings,
): readonly KubernetesObjectPlan[] {
  if (gateway.routing === Routing.Istio) {
    const after = [logicalNames.istioGateway(ingress)];
    return planVirtualServices({ ingress, namespace: gateway.namespace, routes, after });
  }
  const servers = gatewayServers(settings, gateway);
  return planHttpRoutes({
    ingress,
    gateway,
    routes,
    listenersOf: (host) => servingListeners(servers, host),
    after: (namespace) => [...gatewayName(gateway), ...afterNamespace(settings, namespace)],
  });
}

/** Everything that a gateway serves, for all ingresses before it. */
function gatewayServers({ ingresses }: MeshSettings, { name }: GatewaySettings) {
  const served = ingresses.filter((ingress) => ingress.gateway === name);
  return mergeServers(served.flatMap((ingress) => strategyFor(ingress).servers));
}
