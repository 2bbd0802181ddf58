import { logicalNames } from "../logical-names";
import type { GatewayServer } from "../plan/ingress";
import type { KubernetesObjectPlan } from "../plan/kubernetes-object";
import type { Tree } from "../plan/leaf";
import type { GatewaySettings } from "../plan/settings";

/** What one ingress asks of gateway pods that Istio's own API configures. */
export interface IstioGatewayDemand {
  readonly ingress: string;
  readonly gateway: GatewaySettings;
  readonly servers: readonly GatewayServer[];
  readonly after: readonly string[];
}

/** Plans the Istio Gateway of an ingress: which hosts and ports the gateway pods serve. VirtualServices refer to it. */
export function planIstioGateway({ ingress, gateway, servers, after }: IstioGatewayDemand): KubernetesObjectPlan {
  return {
    name: logicalNames.istioGateway(ingress),
    after,
    apiVersion: "networking.istio.io/v1",
    kind: "Gateway",
    metadata: { name: ingress, namespace: gateway.namespace },
    body: { spec: { selector: { istio: gateway.selector["istio"] }, servers: servers.map(serverOf) } },
  };
}

function serverOf(server: GatewayServer): Tree {
  return {
    port: { number: server.port, name: server.name, protocol: server.protocol },
    hosts: server.hosts.length === 0 ? ["*"] : server.hosts,
    ...tlsOf(server),
  };
}

function tlsOf({ redirect, secretName }: GatewayServer): Tree {
  if (redirect) return { tls: { httpsRedirect: true } };
  return secretName === undefined ? {} : { tls: { mode: "SIMPLE", credentialName: secretName } };
}
