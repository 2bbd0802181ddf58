import type { Tree } from "../../plan/input-value";
import type { GatewaySettings } from "../../plan/gateway-settings";
import { Mode } from "../../plan/enums";

/** Every pod of the cluster. */
export const anyPod: Tree = { namespaceSelector: {} };

/** A namespace by its name. Source: https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-metadata-name */
export function namespaceNamed(name: string): Tree {
  return { matchLabels: { "kubernetes.io/metadata.name": name } };
}

/**
 * Everyone in the mesh, chosen by what Istio itself goes by and not by name, so that a namespace that someone enrols
 * elsewhere belongs to it, and a thousand namespaces need no thousand names in each policy.
 *
 * Source addresses are those of pods in both modes: ztunnel keeps them, so that selectors match.
 */
export function meshPeers(mode: Mode, gateways: readonly GatewaySettings[]): readonly Tree[] {
  const pods = (podSelector: Tree) => ({ ...anyPod, podSelector });
  return [
    // The same namespace.
    { podSelector: {} },
    // Pods with a sidecar, and those of namespaces that have not got theirs before they restart.
    pods({ matchLabels: { "security.istio.io/tlsMode": "istio" } }),
    { namespaceSelector: { matchLabels: { "istio-injection": "enabled" } } },
    { namespaceSelector: { matchExpressions: [{ key: "istio.io/rev", operator: "Exists" }] } },
    ...(mode === Mode.Ambient ? [{ namespaceSelector: { matchLabels: ambient } }, pods({ matchLabels: ambient })] : []),
    pods(managedProxies),
    ...gateways
      .filter(({ createdBy }) => createdBy !== "istiod")
      .map(({ namespace, selector }) => ({
        namespaceSelector: namespaceNamed(namespace),
        podSelector: { matchLabels: selector },
      })),
  ];
}

/** Gateways and waypoints that istiod makes. */
export const managedProxies: Tree = { matchExpressions: [{ key: "gateway.istio.io/managed", operator: "Exists" }] };

const ambient = { "istio.io/dataplane-mode": "ambient" };

/**
 * Where the kubelet's probes of ambient pods come from: the CNI agent gives them this address so that they pass ztunnel
 * by. AWS's agent lets nodes in by their own address, which is no longer theirs here; and of an IPv6 range without `::`
 * it thinks that it is IPv4, hence /80 and not the one address.
 *
 * Source: istio/istio cni/README.md; aws/aws-network-policy-agent#509
 */
export const probes: readonly Tree[] = [
  { ipBlock: { cidr: "169.254.7.127/32" } },
  { ipBlock: { cidr: "fd16:9254:7127:1337:ffff::/80" } },
];
