import { logicalNames } from "../../logical-names";
import type { GatewayServer } from "../../plan/ingress";
import type { KubernetesObjectPlan } from "../../plan/kubernetes-object";
import type { Tree } from "../../plan/input-value";
import type { GatewaySettings } from "../../plan/gateway-settings";
import type { MinimumTlsVersion } from "../../plan/enums";

/** What one ingress asks of gateway pods that Istio's own API configures. */
export interface IstioGatewayRequirement {
  readonly ingress: string;
  readonly gateway: GatewaySettings;
  readonly servers: readonly GatewayServer[];
  /** None: Istio takes TLS 1.2. */
  readonly minimumTlsVersion: MinimumTlsVersion | undefined;
  readonly after: readonly string[];
}

/** Plans the Istio Gateway of an ingress: which hosts and ports the gateway pods serve. VirtualServices refer to it. */
export function planIstioGateway(requirement: IstioGatewayRequirement): KubernetesObjectPlan {
  const { ingress, gateway, after } = requirement;
  const servers = requirement.servers.map((server) => serverOf(server, requirement));
  return {
    name: logicalNames.istioGateway(ingress),
    after,
    apiVersion: "networking.istio.io/v1",
    kind: "Gateway",
    metadata: { name: ingress, namespace: gateway.namespace },
    body: { spec: { selector: { istio: gateway.selector["istio"] }, servers } },
  };
}

function serverOf(server: GatewayServer, requirement: IstioGatewayRequirement): Tree {
  return {
    port: { number: server.port, name: server.name, protocol: server.protocol },
    hosts: server.hosts.length === 0 ? ["*"] : server.hosts,
    ...tlsOf(server, requirement),
  };
}

function tlsOf({ redirect, secretName }: GatewayServer, { minimumTlsVersion }: IstioGatewayRequirement): Tree {
  if (redirect) return { tls: { httpsRedirect: true } };
  if (secretName === undefined) return {};
  const minimum = minimumTlsVersion === undefined ? {} : { minProtocolVersion: minimumTlsVersion };
  return { tls: { mode: "SIMPLE", credentialName: secretName, ...minimum } };
}
