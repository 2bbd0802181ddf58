import { hostLabel } from "../inputs/network/hostname";
import { readableName } from "../inputs/readable-name";
import { logicalNames } from "../logical-names";
import type { KubernetesObjectPlan } from "../plan/kubernetes-object";
import type { Tree } from "../plan/input-value";
import type { GatewaySettings } from "../plan/gateway-settings";
import { outsidePorts } from "./service-entry-plan";
import type { EgressSettings } from "../plan/settings";

/** The egress gateway of sidecar mode, and what is led through it. */
export interface EgressGatewayRequirement {
  readonly gateway: GatewaySettings;
  readonly hosts: readonly string[];
  /** What the gateway's own configuration comes after: its pods, or istiod. */
  readonly after: readonly string[];
}

/**
 * Plans what leads traffic through the egress gateway: its Istio Gateway, and for each host a DestinationRule and a
 * VirtualService, the latter last, so that nobody is led to what is not there yet.
 *
 * TLS passes through as the application made it. Plain HTTP is wrapped in the mesh's own TLS up to the gateway, which
 * chooses by the server name that the DestinationRule sets.
 *
 * Source: https://istio.io/latest/docs/tasks/traffic-management/egress/egress-gateway/
 */
export function planEgressGateway(requirement: EgressGatewayRequirement): readonly KubernetesObjectPlan[] {
  if (requirement.hosts.length === 0) return [];
  return [
    istioGateway(requirement),
    ...requirement.hosts.flatMap((host) => [destinationRule(requirement, host), virtualService(requirement, host)]),
  ];
}

function istioGateway({ gateway, hosts, after }: EgressGatewayRequirement): KubernetesObjectPlan {
  const { name, namespace, selector } = gateway;
  return {
    name: logicalNames.istioGateway(name),
    after,
    apiVersion: "networking.istio.io/v1",
    kind: "Gateway",
    metadata: { name, namespace },
    body: {
      spec: {
        selector: { istio: selector["istio"] },
        servers: [
          {
            port: { number: outsidePorts.http, name: "https-from-mesh", protocol: "HTTPS" },
            hosts,
            tls: { mode: "ISTIO_MUTUAL" },
          },
          { port: { number: outsidePorts.tls, name: "tls", protocol: "TLS" }, hosts, tls: { mode: "PASSTHROUGH" } },
        ],
      },
    },
  };
}

function serviceOf({ name, namespace }: GatewaySettings): string {
  return `${name}.${namespace}.svc.cluster.local`;
}

function subsetOf(host: string): string {
  return readableName(host, 63);
}

function destinationRule({ gateway, after }: EgressGatewayRequirement, host: string): KubernetesObjectPlan {
  const tls = { mode: "ISTIO_MUTUAL", sni: host };
  const trafficPolicy = { portLevelSettings: [{ port: { number: outsidePorts.http }, tls }] };
  return {
    name: logicalNames.destinationRule(host),
    after,
    apiVersion: "networking.istio.io/v1",
    kind: "DestinationRule",
    metadata: { name: hostLabel("egress", host), namespace: gateway.namespace },
    body: { spec: { host: serviceOf(gateway), subsets: [{ name: subsetOf(host), trafficPolicy }] } },
  };
}

function virtualService({ gateway }: EgressGatewayRequirement, host: string): KubernetesObjectPlan {
  const { name, namespace } = gateway;
  const edge = `${namespace}/${name}`;
  const through = { host: serviceOf(gateway), subset: subsetOf(host) };
  const step = (from: string, match: Tree, to: Tree): Tree => ({
    match: [{ gateways: [from], ...match }],
    route: [{ destination: { ...to, port: { number: match["port"] } } }],
  });
  const http = { port: outsidePorts.http };
  const tls = { port: outsidePorts.tls, sniHosts: [host] };
  return {
    name: logicalNames.virtualService(host),
    after: [logicalNames.serviceEntry(host), logicalNames.istioGateway(name), logicalNames.destinationRule(host)],
    apiVersion: "networking.istio.io/v1",
    kind: "VirtualService",
    metadata: { name: hostLabel("egress", host), namespace },
    body: {
      spec: {
        hosts: [host],
        gateways: ["mesh", edge],
        http: [step("mesh", http, through), step(edge, http, { host })],
        tls: [step("mesh", tls, through), step(edge, tls, { host })],
      },
    },
  };
}

/** The pods that the gateway chart makes for egress, if it does. */
export function chartGateway({ gateway: edge }: EgressSettings): readonly GatewaySettings[] {
  return edge?.kind === "gateway" ? [edge.gateway] : [];
}
