import { logicalNames } from "../logical-names";
import type { KubernetesObjectPlan } from "../plan/kubernetes-object";
import type { GatewaySettings } from "../plan/gateway-settings";
import type { Mode } from "../plan/enums";

/** Name of the east-west gateway: its Helm release, its Service and its load balancer's rules. */
export const eastWestName = "istio-eastwestgateway";

/** The label by which istiod finds the gateway of a network. Source: istio/istio pilot/pkg/model/network.go */
export const networkLabel = "topology.istio.io/network";

/** A port of the east-west gateway. */
export interface EastWestPort {
  readonly name: string;
  readonly port: number;
}

/** The port on which clusters of other networks connect; istiod knows it by this number: mTLS of sidecars, or HBONE of ztunnel. */
export const eastWestPorts: Readonly<Record<Mode, EastWestPort>> = {
  sidecar: { name: "tls", port: 15443 },
  ambient: { name: "hbone", port: 15008 },
};

/** The port of the gateway's pods that the load balancer's health check asks. */
export const eastWestStatusPort = { name: "status-port", port: 15021 } as const;

/**
 * Plans the Istio Gateway that passes mTLS on to the Service that the server name stands for. No other host than those of
 * Services can be reached by it.
 *
 * Source: https://istio.io/latest/docs/setup/install/multicluster/multi-primary_multi-network/
 */
export function planCrossNetworkGateway(gateway: GatewaySettings, after: readonly string[]): KubernetesObjectPlan {
  const { port: number, name } = eastWestPorts.sidecar;
  const port = { number, name, protocol: "TLS" };
  return {
    name: logicalNames.istioGateway(gateway.name),
    after,
    apiVersion: "networking.istio.io/v1",
    kind: "Gateway",
    metadata: { name: "cross-network-gateway", namespace: gateway.namespace },
    body: {
      spec: {
        selector: { istio: gateway.selector["istio"] },
        servers: [{ port, tls: { mode: "AUTO_PASSTHROUGH" }, hosts: ["*.local"] }],
      },
    },
  };
}
