import { gatewayServiceAccount } from "../control-plane/charts/gateway";
import { nameByIstiod } from "../ingress/gateways/gateway-api-gateway-plan";
import { strategyFor } from "../ingress/strategies";
import { logicalNames } from "../logical-names";
import { eastWestPorts, eastWestStatusPort } from "../multi-cluster/east-west-plan";
import type { KubernetesObjectPlan } from "../plan/kubernetes-object";
import type { GatewaySettings } from "../plan/gateway-settings";
import type { MeshSettings } from "../plan/settings";
import { LoadBalancerController, Mode, Profile, Routing } from "../plan/enums";
import { servicesOf } from "../ingress/routes/route-services";
import { type OpenPods, planAuthorizationPolicies } from "./authorization-policy-plan";
import { type CollectorPods, planNamespaceNetworkPolicies } from "./network-policies/namespace-network-policy-plan";
import { type NetworkPolicyRules, planGatewayNetworkPolicy, tcp } from "./network-policies/network-policy-plan";
import { meshPeers } from "./network-policies/network-peers";
import { planPeerAuthentications } from "./peer-authentication-plan";
import { afterControlPlane } from "../control-plane/control-plane-plan";
import { eastWestGateway } from "../multi-cluster/multi-cluster-plan";
import { chartGateway } from "../egress/egress-gateway-plan";
import { afterNamespace } from "../control-plane/namespaces/namespaces-plan";

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

/** The pods through which traffic leaves, or comes from other clusters: whom they let through, the workloads decide. */
function edgesOf({ egress: { gateway: edge }, multiCluster }: MeshSettings): readonly OpenPods[] {
  const eastWest = eastWestGateway(multiCluster);
  if (edge === undefined) return eastWest;
  if (edge.kind === "gateway") return [edge.gateway, ...eastWest];
  return [...eastWest, { ...edge.waypoint, routing: Routing.GatewayApi, selector: {} }];
}

/** An object of Istio's comes after its namespace, if that is ours, and after istiod, whose webhook validates it. */
function afterIstiod(settings: MeshSettings): (namespace: string) => readonly string[] {
  const istiod = afterControlPlane(settings);
  return (namespace) => [...afterNamespace(settings, namespace), ...istiod];
}

/**
 * A namespace is closed once its pods take part in the mesh, and opened before they leave it: in between they speak on
 * other ports.
 */
function planNetworkPolicies(settings: MeshSettings): readonly KubernetesObjectPlan[] {
  const { mode, gateways, egress, controller, controlPlane, security, multiCluster } = settings;
  const context = {
    peers: meshPeers(mode, [...gateways, ...chartGateway(egress), ...eastWestGateway(multiCluster)]),
    otherClusters: otherClusters(settings),
    istiodNamespace: controlPlane.profile === Profile.Remote ? undefined : controlPlane.namespace,
    collector: collectorOf(settings),
    dnsOnNodes: controller === LoadBalancerController.EksAutoMode,
  };
  return security.namespaces
    .filter(({ networkPolicies }) => networkPolicies)
    .flatMap((one) => planNamespaceNetworkPolicies(one, context, [logicalNames.enrolment(one.name)]));
}

/** Gateways of other networks are outside the cluster; pods of the same network are known by the ranges that are allowed. */
function otherClusters({ multiCluster, mode }: MeshSettings): NetworkPolicyRules {
  if (multiCluster === undefined) return { ingress: [], egress: [] };
  const ranges = multiCluster.flatNetwork.flatMap((peer) => ("cidr" in peer ? [{ ipBlock: { cidr: peer.cidr } }] : []));
  return {
    ingress: ranges.length === 0 ? [] : [{ from: ranges }],
    egress: [{ ports: tcp(eastWestPorts[mode].port) }, ...(ranges.length === 0 ? [] : [{ to: ranges }])],
  };
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
  const policy = (gateway: GatewaySettings, ports: readonly number[]) =>
    planGatewayNetworkPolicy(gateway, ports, afterNamespace(settings, gateway.namespace));
  return [
    ...settings.gateways.map((gateway) => policy(gateway, portsOf(settings, gateway))),
    ...eastWestGateway(settings.multiCluster).map((gateway) =>
      policy(gateway, [eastWestStatusPort.port, eastWestPorts[settings.mode].port]),
    ),
  ];
}

/** The ports of a gateway's pods that any of its load balancers asks. */
function portsOf({ ingresses }: MeshSettings, { name }: GatewaySettings): readonly number[] {
  const served = ingresses.filter(({ gateway }) => gateway === name);
  const ports = served.flatMap((ingress) => strategyFor(ingress).targetPorts.map(({ port }) => port));
  return [...new Set(ports)].sort((one, other) => one - other);
}

/** The service account of a gateway's pods; of those that someone else makes nobody here knows it. */
function serviceAccountOf({ controlPlane }: MeshSettings, gateway: GatewaySettings): string | undefined {
  if (gateway.createdBy === "someone-else") return undefined;
  return gateway.createdBy === "istiod" ? nameByIstiod(gateway.name) : gatewayServiceAccount(controlPlane, gateway);
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
