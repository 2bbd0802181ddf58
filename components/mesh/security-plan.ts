import { gatewayServiceAccount } from "../charts/gateway";
import { roomOf } from "../ingress";
import { logicalNames } from "../logical-names";
import type { KubernetesObjectPlan } from "../plan/kubernetes-object";
import type { GatewaySettings, MeshSettings } from "../plan/settings";
import { LoadBalancerController, Mode, Profile, Routing } from "../plan/words";
import { servicesOf } from "../routes/route-services";
import { type OpenPods, planAuthorizationPolicies } from "../security/authorization-policy-plan";
import { type CollectorPods, planNamespaceNetworkPolicies } from "../security/namespace-network-policy-plan";
import { planGatewayNetworkPolicy } from "../security/network-policy-plan";
import { meshPeers } from "../security/network-peers";
import { planPeerAuthentications } from "../security/peer-authentication-plan";
import { afterControlPlane } from "./control-plane-plan";
import { chartGateway } from "./resolve-egress-args";
import { afterNamespace } from "./namespaces-plan";

/** Plans the objects that say who may talk to whom, and how. */
export function planSecurityObjects(settings: MeshSettings): readonly KubernetesObjectPlan[] {
  const after = afterIstiod(settings);
  return [
    ...planPeerAuthentications(settings.security, after),
    ...planAuthorizationPolicies(settings.security, {
      gateways: settings.gateways.map((gateway) => ({ gateway, serviceAccount: serviceAccountOf(settings, gateway) })),
      edges: edgesOf(settings),
      routed: routedNamespaces(settings),
      waypoints: settings.mode === Mode.Ambient,
      after,
    }),
    ...planNetworkPolicies(settings),
    ...planGatewayNetworkPolicies(settings),
  ];
}

/** The pods through which traffic leaves: the egress gateway, or its waypoint. */
function edgesOf({ egress: { gateway: edge } }: MeshSettings): readonly OpenPods[] {
  if (edge === undefined) return [];
  if (edge.kind === "gateway") return [edge.gateway];
  return [{ ...edge.waypoint, routing: Routing.GatewayApi, selector: {} }];
}

/** An object of Istio's comes after its namespace, if that is ours, and after istiod, whose webhook judges it. */
function afterIstiod(settings: MeshSettings): (namespace: string) => readonly string[] {
  const istiod = afterControlPlane(settings);
  return (namespace) => [...afterNamespace(settings, namespace), ...istiod];
}

/**
 * A namespace is closed once its pods take part in the mesh, and opened before they leave it: in between they speak on
 * other ports.
 */
function planNetworkPolicies(settings: MeshSettings): readonly KubernetesObjectPlan[] {
  const { mode, gateways, egress, controller, controlPlane, security } = settings;
  const context = {
    peers: meshPeers(mode, [...gateways, ...chartGateway(egress)]),
    istiodNamespace: controlPlane.profile === Profile.Remote ? undefined : controlPlane.namespace,
    collector: collectorOf(settings),
    dnsOnNodes: controller === LoadBalancerController.EksAutoMode,
  };
  return security.namespaces
    .filter(({ networkPolicies }) => networkPolicies)
    .flatMap((one) => planNamespaceNetworkPolicies(one, context, [logicalNames.enrolment(one.name)]));
}

/** Of a Service's full name the second part is its namespace; any other name leads out of the cluster. */
export function collectorOf({ telemetry: { tracing } }: MeshSettings): CollectorPods | undefined {
  if (tracing === undefined) return undefined;
  const { service, port } = tracing.collector;
  const [, namespace, svc] = service.split(".");
  return namespace !== undefined && svc === "svc" ? { namespace, port } : undefined;
}

function planGatewayNetworkPolicies(settings: MeshSettings): readonly KubernetesObjectPlan[] {
  if (!settings.security.networkPolicies) return [];
  return settings.gateways.map((gateway) =>
    planGatewayNetworkPolicy(gateway, portsOf(settings, gateway), afterNamespace(settings, gateway.namespace)),
  );
}

/** The ports of a gateway's pods that any of its load balancers asks. */
function portsOf({ ingresses }: MeshSettings, { name }: GatewaySettings): readonly number[] {
  const served = ingresses.filter(({ gateway }) => gateway === name);
  const ports = served.flatMap((ingress) => roomOf(ingress).targetPorts.map(({ port }) => port));
  return [...new Set(ports)].sort((one, other) => one - other);
}

/** The service account of a gateway's pods; of those that someone else makes nobody here knows it. */
function serviceAccountOf({ controlPlane }: MeshSettings, gateway: GatewaySettings): string | undefined {
  if (gateway.madeBy === "someone-else") return undefined;
  return gateway.madeBy === "istiod" ? `${gateway.name}-istio` : gatewayServiceAccount(controlPlane, gateway);
}

/** Where the routes of ingresses lead, and the gateways that requests take there. */
function routedNamespaces({ ingresses }: MeshSettings): ReadonlyMap<string, ReadonlySet<string>> {
  const routed = new Map<string, Set<string>>();
  for (const { gateway, routes } of ingresses) {
    for (const { namespace } of routes.flatMap(servicesOf)) {
      const names = routed.get(namespace);
      if (names === undefined) routed.set(namespace, new Set([gateway]));
      else names.add(gateway);
    }
  }
  return routed;
}
