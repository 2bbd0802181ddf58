import { planGatewayRelease } from "../../control-plane/charts/gateway";
import { gatewayRollout } from "../../control-plane/charts/rollout";
import { spread } from "../../control-plane/charts/spread";
import { planForwardedProto } from "./forwarded-proto-plan";
import { planRateLimit } from "./rate-limit-plan";
import { planGatewayApiGateway } from "./gateway-api-gateway-plan";
import { planIstioGateway } from "./istio-gateway-plan";
import { mergeServers } from "./servers";
import { strategyFor } from "../strategies";
import { withExternalDns } from "../dns/external-dns";
import { logicalNames } from "../../logical-names";
import type { KubernetesObjectPlan } from "../../plan/kubernetes-object";
import type { ReleasePlan } from "../../plan/release";
import type { GatewaySettings } from "../../plan/gateway-settings";
import type { MeshSettings } from "../../plan/settings";
import { Routing } from "../../plan/enums";
import { afterControlPlane, afterCrds } from "../../control-plane/control-plane-plan";
import { afterNamespace } from "../../control-plane/namespaces/namespaces-plan";

/** Plans the gateways that the gateway chart installs. */
export function planGatewayReleases(settings: MeshSettings): readonly ReleasePlan[] {
  return settings.gateways
    .filter((gateway) => gateway.createdBy === "chart")
    .map((gateway) =>
      planGatewayRelease(settings.controlPlane, gateway, [
        ...afterNamespace(settings, gateway.namespace),
        ...afterControlPlane(settings),
      ]),
    );
}

/** Plans the objects that configure gateways: Gateways of the Gateway API (which also make the pods), or Istio Gateways. */
export function planGatewayObjects(settings: MeshSettings): readonly KubernetesObjectPlan[] {
  const byName = new Map(settings.gateways.map((gateway) => [gateway.name, gateway]));
  const withApi = settings.gateways.filter((gateway) => gateway.routing === Routing.GatewayApi);
  return [
    ...withApi.flatMap((gateway) => planGatewayApi(settings, gateway)),
    ...settings.ingresses.flatMap((ingress) => {
      const gateway = byName.get(ingress.gateway);
      // Pods of a Gateway of the Gateway API get their listeners from that Gateway.
      if (gateway?.routing !== Routing.Istio || gateway.selector["istio"] === undefined) return [];
      const after = gateway.createdBy === "chart" ? [logicalNames.gateway(gateway.name)] : [];
      const { minimumTlsVersion } = settings.security;
      const { servers } = strategyFor(ingress);
      const object = planIstioGateway({ ingress: ingress.name, gateway, servers, minimumTlsVersion, after });
      return withExternalDns([object], [ingress]);
    }),
    ...settings.gateways.flatMap((gateway) => planEnvoyFilters(settings, gateway)),
  ];
}

/** They wait for no pod of the gateway, so that they are there before the first request. */
function planEnvoyFilters(settings: MeshSettings, gateway: GatewaySettings): readonly KubernetesObjectPlan[] {
  const served = settings.ingresses.filter((ingress) => ingress.gateway === gateway.name);
  const after = [
    ...afterNamespace(settings, gateway.namespace),
    ...(gateway.routing === Routing.GatewayApi ? afterCrds(settings) : []),
    ...afterControlPlane(settings),
  ];
  return [
    ...planForwardedProto({
      gateway,
      ports: [...new Set(served.flatMap((ingress) => strategyFor(ingress).decryptedPorts))],
      after,
    }),
    ...planRateLimit({ gateway, rateLimit: served.find(({ name }) => name === gateway.name)?.rateLimit, after }),
  ];
}

function planGatewayApi(settings: MeshSettings, gateway: GatewaySettings): readonly KubernetesObjectPlan[] {
  const served = settings.ingresses.filter((ingress) => ingress.gateway === gateway.name);
  const objects = planGatewayApiGateway({
    gateway,
    servers: mergeServers(served.flatMap((ingress) => strategyFor(ingress).servers)),
    revision: settings.controlPlane.main.revision,
    spread: spread(gateway.selector),
    rollout: gatewayRollout,
    after: [...afterNamespace(settings, gateway.namespace), ...afterCrds(settings), ...afterControlPlane(settings)],
  });
  return withExternalDns(objects, served);
}

/** Logical name of what makes a gateway's pods, if the mesh does. */
export function gatewayName({ name, createdBy }: GatewaySettings): readonly string[] {
  return createdBy === "someone-else" ? [] : [logicalNames.gateway(name)];
}
