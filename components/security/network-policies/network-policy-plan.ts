import { logicalNames } from "../../logical-names";
import type { KubernetesObjectPlan } from "../../plan/kubernetes-object";
import type { Tree } from "../../plan/input-value";
import type { GatewaySettings } from "../../plan/gateway-settings";
import { anyPod } from "./network-peers";

/** Who may talk with some pods, and with whom they may. Nobody else. */
export interface NetworkPolicyRules {
  readonly ingress: readonly Tree[];
  readonly egress: readonly Tree[];
}

/** Ports of metrics: the agent's, which has the application's too, and Envoy's. Whoever scrapes may read them. */
const metrics = [15020, 15090];

export function tcp(...ports: readonly number[]): readonly Tree[] {
  return ports.map((port) => ({ protocol: "TCP", port }));
}

export function scraped(): Tree {
  return { from: [anyPod], ports: tcp(...metrics) };
}

/** Where a policy stands, and of which pods it speaks. */
export interface NetworkPolicyPlace {
  readonly namespace: string;
  readonly name: string;
  readonly podSelector: Tree;
  readonly after: readonly string[];
}

export function networkPolicy(place: NetworkPolicyPlace, rules: NetworkPolicyRules): KubernetesObjectPlan {
  const { namespace, name, podSelector, after } = place;
  return {
    name: logicalNames.networkPolicy(namespace, name),
    after,
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name, namespace },
    body: { spec: { podSelector, policyTypes: ["Ingress", "Egress"], ...rules } },
  };
}

/**
 * Plans who may talk with a gateway's pods. On the ports that load balancers ask, health checks included, everybody may:
 * behind one that keeps client addresses the callers are the clients themselves, and the security group has checked
 * them already. Out they may go everywhere: nobody here knows where all routes lead.
 */
export function planGatewayNetworkPolicy(
  gateway: GatewaySettings,
  ports: readonly number[],
  after: readonly string[],
): KubernetesObjectPlan {
  const { name, namespace, selector } = gateway;
  return networkPolicy(
    { namespace, name: `istio-gateway-${name}`, podSelector: { matchLabels: selector }, after },
    { ingress: [{ ports: tcp(...ports) }, scraped()], egress: [{}] },
  );
}
