import { covers, hostLabel } from "../../inputs/network/hostname";
import { logicalNames } from "../../logical-names";
import type { GatewayServer } from "../../plan/ingress";
import type { KubernetesObjectPlan } from "../../plan/kubernetes-object";
import type { Tree } from "../../plan/input-value";
import type { GatewaySettings } from "../../plan/gateway-settings";
import { planManagedGateway } from "./managed-gateway-plan";
import { planParameters } from "./parameters-plan";

/** A gateway and everything it must serve. */
export interface GatewayRequirement {
  readonly gateway: GatewaySettings;
  readonly servers: readonly GatewayServer[];
  /** Revision of the control plane that runs it; empty: the unrevisioned one. */
  readonly revision: string;
  readonly spread: readonly Tree[];
  /** How its pods are exchanged. */
  readonly rollout: Tree;
  readonly after: readonly string[];
}

/**
 * What istiod calls the Deployment, the Service and the service account of a Gateway of the Gateway API.
 *
 * Source: https://istio.io/latest/docs/tasks/traffic-management/ingress/gateway-api/#automated-deployment
 */
export function nameByIstiod(gateway: string): string {
  return `${gateway}-istio`;
}

/** Plans a Gateway of the Gateway API, its parameters, and the route that redirects HTTP. istiod makes its pods. */
export function planGatewayApiGateway(requirement: GatewayRequirement): readonly KubernetesObjectPlan[] {
  const { gateway, spread, rollout, after } = requirement;
  const logicalName = logicalNames.parameters(gateway.name);
  const parameters = planParameters({
    ...gateway,
    ...{ logicalName, gateway: gateway.name, placement: gateway, spread, rollout, after },
  });
  return [parameters, gatewayObject(requirement, parameters), ...redirectRoute(requirement)];
}

function gatewayObject(
  { gateway, servers, revision, after }: GatewayRequirement,
  parameters: KubernetesObjectPlan,
): KubernetesObjectPlan {
  const { name, namespace, labels, annotations } = gateway;
  return planManagedGateway({
    ...{ logicalName: logicalNames.gateway(name), name, namespace, className: "istio", revision, parameters, after },
    // The Service that istiod makes stays inside the cluster; the load balancer stands on ours, whose end can be awaited.
    annotations: { "networking.istio.io/service-type": "ClusterIP" },
    infrastructure: { labels, annotations },
    listeners: listenersOf(servers),
  });
}

/** One listener per server and host, since a listener has one hostname. Its name says both. */
export function listenersOf(servers: readonly GatewayServer[]): readonly Tree[] {
  return servers.flatMap((server) =>
    (server.redirect || server.hosts.length === 0 ? [undefined] : server.hosts).map((host) => ({
      name: listenerName(server.name, host),
      port: server.port,
      protocol: server.protocol,
      ...(host === undefined ? {} : { hostname: host }),
      ...(server.secretName === undefined
        ? {}
        : { tls: { mode: "Terminate", certificateRefs: [{ kind: "Secret", name: server.secretName }] } }),
      allowedRoutes: { namespaces: { from: server.redirect ? "Same" : "All" } },
    })),
  );
}

/** Names of the listeners that serve a host of requests: those of its own name, of wildcards around it, or below it. */
export function servingListeners(servers: readonly GatewayServer[], host: string): readonly string[] {
  const meets = (served: string) => host === "*" || covers(served, host) || covers(host, served);
  return servers
    .filter((server) => !server.redirect)
    .flatMap(({ name, hosts }) =>
      hosts.length === 0 ? [name] : hosts.filter(meets).map((served) => listenerName(name, served)),
    );
}

function listenerName(server: string, host: string | undefined): string {
  return host === undefined ? server : hostLabel(server, host);
}

function redirectRoute({ gateway, servers }: GatewayRequirement): readonly KubernetesObjectPlan[] {
  const redirects = servers.filter((server) => server.redirect);
  if (redirects.length === 0) return [];
  const filter = { type: "RequestRedirect", requestRedirect: { scheme: "https", statusCode: 301 } };
  return [
    {
      name: logicalNames.redirect(gateway.name),
      after: [logicalNames.gateway(gateway.name)],
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "HTTPRoute",
      metadata: { name: `${gateway.name}-redirect`, namespace: gateway.namespace },
      body: {
        spec: {
          parentRefs: redirects.map((server) => ({
            name: gateway.name,
            sectionName: listenerName(server.name, undefined),
          })),
          rules: [{ filters: [filter] }],
        },
      },
    },
  ];
}
