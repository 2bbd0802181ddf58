import { spread } from "../control-plane/charts/spread";
import { gatewayRollout } from "../control-plane/charts/rollout";
import { nameByIstiod } from "../ingress/gateways/gateway-api-gateway-plan";
import { planManagedGateway } from "../ingress/gateways/managed-gateway-plan";
import { planParameters } from "../ingress/gateways/parameters-plan";
import { logicalNames } from "../logical-names";
import type { GatewaySettings } from "../plan/gateway-settings";
import type { InputValue, Tree } from "../plan/input-value";
import type { KubernetesObjectPlan } from "../plan/kubernetes-object";
import { eastWestName, eastWestPorts } from "./east-west-plan";

/** What clusters of other networks connect to: HBONE, with the certificates of the mesh on both sides. */
const listener: Tree = {
  name: "mesh",
  port: eastWestPorts.ambient.port,
  protocol: "HBONE",
  tls: { mode: "Terminate", options: { "gateway.istio.io/tls-terminate-mode": "ISTIO_MUTUAL" } },
};

/** The control plane that creates the pods, and what comes before. */
export interface AmbientGatewayContext {
  /** Revision of the control plane; empty: the unrevisioned one. */
  readonly revision: string;
  readonly after: readonly string[];
}

/**
 * Plans the east-west gateway of ambient mode: a Gateway of which istiod creates the pods.
 *
 * The Service of istiod's stays inside the cluster and has another name than that of the mesh, which carries the load balancer. The
 * Gateway has no label of its network: by it, peers would take the addresses in its status, which are those of that Service.
 *
 * Source: https://istio.io/latest/docs/ambient/install/multicluster/multi-primary_multi-network/
 */
export function planAmbientGateway(
  gateway: GatewaySettings,
  { revision, after }: AmbientGatewayContext,
): readonly KubernetesObjectPlan[] {
  const { name, namespace, labels, annotations } = gateway;
  const parameters = planParameters({
    ...gateway,
    ...{ logicalName: logicalNames.parameters(name), gateway: name, placement: gateway },
    ...{ spread: spread(gateway.selector), rollout: gatewayRollout, after },
  });
  const object = planManagedGateway({
    ...{ logicalName: logicalNames.gateway(name), name, namespace, className: "istio-east-west" },
    ...{ revision, parameters, after },
    annotations: {
      "networking.istio.io/service-type": "ClusterIP",
      "gateway.istio.io/name-override": nameByIstiod(name),
    },
    infrastructure: { labels, annotations },
    listeners: [listener],
  });
  return [parameters, object];
}

/** The service account of the pods: istiod names it after the Gateway. Source: istio/istio pilot/pkg/config/kube/gatewaycommon/deploymentcontroller.go */
export const remoteGatewayAnnotations = { "gateway.istio.io/service-account": eastWestName };

/**
 * The gateway of another network, as istiod reads it in its own cluster: it creates nothing for it.
 * Source: istio/istio pilot/pkg/serviceregistry/ambient/networks.go, localK8sGatewayToNetworkGateways
 */
export function remoteGatewaySpec(address: InputValue): Tree {
  return {
    gatewayClassName: "istio-remote",
    addresses: [{ type: "Hostname", value: address }],
    listeners: [listener],
  };
}
