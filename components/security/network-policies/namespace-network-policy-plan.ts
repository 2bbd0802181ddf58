import type { KubernetesObjectPlan } from "../../plan/kubernetes-object";
import type { Tree } from "../../plan/input-value";
import type { AllowedPeerSettings, NamespaceSecuritySettings } from "../../plan/security-settings";
import { Dataplane, TrafficDirection } from "../../plan/enums";
import { managedProxies, namespaceNamed, probes } from "./network-peers";
import { networkPolicy, type NetworkPolicyRules, scraped, tcp } from "./network-policy-plan";

/** What the policies of all namespaces have in common. */
export interface NetworkPolicyContext {
  /** Everyone in the mesh. */
  readonly peers: readonly Tree[];
  /** Other clusters of the mesh. */
  readonly otherClusters: NetworkPolicyRules;
  /** Where istiod runs; none: outside this cluster. */
  readonly istiodNamespace: string | undefined;
  /** Where the proxies send spans; none: nowhere that a NetworkPolicy can name. */
  readonly collector: CollectorPods | undefined;
  /** Each node answers DNS itself, and not a pod (EKS Auto Mode). */
  readonly dnsOnNodes: boolean;
}

export interface CollectorPods {
  readonly namespace: string;
  readonly port: number;
}

const hbone = 15008;
const istiod = 15012;

/**
 * Plans who may talk with the pods of a namespace, and with whom they may talk: the mesh, DNS, the EKS Pod Identity Agent, and
 * whom the user allows.
 *
 * One policy with everything in it: in no moment of making it is something closed that it opens. 15001 and 15006 are not
 * in it: they never leave a pod.
 */
export function planNamespaceNetworkPolicies(
  namespace: NamespaceSecuritySettings,
  context: NetworkPolicyContext,
  after: readonly string[],
): readonly KubernetesObjectPlan[] {
  const ambient = namespace.dataplane === Dataplane.Ambient;
  const { ingress, egress } = ambient ? ofAmbient(context) : ofSidecars(context);
  const allowed = (direction: TrafficDirection, end: "from" | "to") =>
    namespace.allowedPeers.filter((one) => one.direction === direction).map((one) => allowedRule(one, end));
  const place = { namespace: namespace.name, after };
  const { egress: others } = context.otherClusters;
  return [
    networkPolicy(
      { ...place, name: "istio-mesh", podSelector: {} },
      {
        ingress: [...ingress, ...context.otherClusters.ingress, ...allowed(TrafficDirection.Ingress, "from")],
        egress: [...egress, dns(context), podIdentityAgent, ...others, ...allowed(TrafficDirection.Egress, "to")],
      },
    ),
    ...(ambient
      ? [networkPolicy({ ...place, name: "istio-proxies", podSelector: managedProxies }, ofProxies(context))]
      : []),
  ];
}

/** Between pods only HBONE is on the wire; ztunnel, and not they, talks with istiod. */
function ofAmbient({ peers }: NetworkPolicyContext): NetworkPolicyRules {
  return {
    ingress: [{ from: peers, ports: tcp(hbone) }, { from: probes }],
    egress: [{ to: peers, ports: tcp(hbone) }],
  };
}

/** Waypoints among these pods, whoever makes them, are proxies like sidecars: istiod configures them. */
function ofProxies(context: NetworkPolicyContext): NetworkPolicyRules {
  return { ingress: [scraped()], egress: [toIstiod(context), ...toCollector(context)] };
}

/** A sidecar leaves the application's own port on the wire, whichever that is. */
function ofSidecars(context: NetworkPolicyContext): NetworkPolicyRules {
  const { peers } = context;
  return { ingress: [{ from: peers }, scraped()], egress: [{ to: peers }, toIstiod(context), ...toCollector(context)] };
}

function toIstiod({ istiodNamespace }: NetworkPolicyContext): Tree {
  const ports = tcp(istiod);
  if (istiodNamespace === undefined) return { ports };
  const pods = { namespaceSelector: namespaceNamed(istiodNamespace), podSelector: { matchLabels: { app: "istiod" } } };
  return { to: [pods], ports };
}

/** Spans come from the proxies themselves, and their collector need not be in the mesh. */
function toCollector({ collector }: NetworkPolicyContext): readonly Tree[] {
  if (collector === undefined) return [];
  return [{ to: [{ namespaceSelector: namespaceNamed(collector.namespace) }], ports: tcp(collector.port) }];
}

/** ztunnel asks for names with the pod's own address, so that this is needed in both modes. */
function dns({ dnsOnNodes }: NetworkPolicyContext): Tree {
  const ports = [
    { protocol: "UDP", port: 53 },
    { protocol: "TCP", port: 53 },
  ];
  if (dnsOnNodes) return { ports };
  const coreDns = {
    namespaceSelector: namespaceNamed("kube-system"),
    podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
  };
  // The second one is NodeLocal DNSCache, where there is one.
  return { to: [coreDns, { ipBlock: { cidr: "169.254.20.10/32" } }], ports };
}

/**
 * Pods of a node get their AWS credentials here, in both modes: ztunnel passes the connection on with the pod's own address.
 * Not so the instance metadata service: the node's own role is not theirs.
 *
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html
 */
const podIdentityAgent: Tree = {
  to: [{ ipBlock: { cidr: "169.254.170.23/32" } }, { ipBlock: { cidr: "fd00:ec2::23/128" } }],
  ports: tcp(80),
};

function allowedRule({ peer, ports, protocol }: AllowedPeerSettings, end: "from" | "to"): Tree {
  const all = ports.length === 0 ? [{ protocol }] : ports.map((port) => ({ protocol, port }));
  return { [end]: [peerOf(peer)], ports: all };
}

function peerOf(peer: AllowedPeerSettings["peer"]): Tree {
  if ("cidr" in peer) return { ipBlock: { cidr: peer.cidr } };
  const { namespace, podLabels } = peer;
  return {
    ...(namespace === undefined ? {} : { namespaceSelector: namespaceNamed(namespace) }),
    ...(Object.keys(podLabels).length === 0 ? {} : { podSelector: { matchLabels: podLabels } }),
  };
}
