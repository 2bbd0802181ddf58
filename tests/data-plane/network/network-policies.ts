import type { KubernetesObject } from "../../live/test-env/kubernetes-client";
import { selects } from "../../rendered/mesh/selector";
import type { Block } from "../../rendered/tree";

interface Peer {
  readonly podSelector?: Block;
  readonly namespaceSelector?: Block;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}

interface Port {
  readonly protocol?: string;
  readonly port?: number | string;
  readonly endPort?: number;
}

interface Rule {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports?: readonly Port[];
}

export interface NetworkPolicy extends KubernetesObject {
  readonly spec: {
    readonly podSelector: Block;
    readonly policyTypes?: readonly string[];
    readonly ingress?: readonly Rule[];
    readonly egress?: readonly Rule[];
  };
}

/** A pod, as far as policies choose it. */
export interface AddressedPod extends KubernetesObject {
  readonly status?: { readonly podIP?: string };
}

/** What policies are about. */
export interface PolicyView {
  readonly policies: readonly NetworkPolicy[];
  readonly namespaces: readonly KubernetesObject[];
  readonly pods: readonly AddressedPod[];
}

/** A pod that runs, and the node's end of its wire. */
export interface WiredPod {
  readonly pod: AddressedPod;
  readonly wire: string;
}

type Direction = "ingress" | "egress";

/**
 * A script for `nft` with the NetworkPolicies of the pods of one node, in the place of those before. Connections are
 * compared where they leave and enter the pod's wire, as the VPC CNI's agent does: after the addresses of Services have
 * become those of pods. The kubelet may ask its own pods whatever a policy says: what the node itself sends is not forwarded.
 *
 * Source: https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function policyScript(view: PolicyView, pods: readonly WiredPod[]): string {
  return [
    "table ip policies",
    "delete table ip policies",
    "table ip policies {",
    "chain egress {",
    ...pods.flatMap((pod) => rulesOf(view, pod, "egress")),
    "}",
    "chain ingress {",
    ...pods.flatMap((pod) => rulesOf(view, pod, "ingress")),
    "}",
    "chain forward { type filter hook forward priority 10; policy accept;",
    "ct state established,related accept",
    "jump egress",
    "jump ingress",
    "}",
    // To programs of the node itself, such as the EKS Pod Identity Agent.
    "chain input { type filter hook input priority 10; policy accept;",
    "ct state established,related accept",
    "jump egress",
    "}",
    "}",
    "",
  ].join("\n");
}

function rulesOf(view: PolicyView, { pod, wire }: WiredPod, direction: Direction): readonly string[] {
  const { namespace = "", labels = {} } = pod.metadata;
  const policies = view.policies.filter(
    ({ metadata, spec }) =>
      metadata.namespace === namespace && selects(spec.podSelector, labels) && isAbout(spec, direction),
  );
  if (policies.length === 0) return [];
  const [interfaceName, end] =
    direction === "egress" ? (["iifname", "daddr"] as const) : (["oifname", "saddr"] as const);
  const place = `${interfaceName} "${wire}"`;
  const open = policies.flatMap(({ spec }) =>
    (spec[direction] ?? []).flatMap((rule) => {
      const peers = direction === "egress" ? rule.to : rule.from;
      return peersOf(view, namespace, peers).flatMap((peer) =>
        portsOf(rule.ports).map((port) => `${place} ${peer === "" ? "" : `ip ${end} ${peer}`} ${port} return`),
      );
    }),
  );
  return [...open, `${place} drop`];
}

function isAbout({ policyTypes, egress }: NetworkPolicy["spec"], direction: Direction): boolean {
  if (policyTypes !== undefined) return policyTypes.some((type) => type.toLowerCase() === direction);
  return direction === "ingress" || egress !== undefined;
}

/** The addresses of peers, each as nft has it; an empty text is any address. */
function peersOf(view: PolicyView, namespace: string, peers: readonly Peer[] | undefined): readonly string[] {
  if (peers === undefined || peers.length === 0) return [""];
  return peers.flatMap(({ ipBlock, podSelector = {}, namespaceSelector }) => {
    if (ipBlock !== undefined) return ipBlock.cidr.includes(":") ? [] : [rangeOf(ipBlock)];
    const names = view.namespaces
      .filter(({ metadata: { name, labels = {} } }) =>
        namespaceSelector === undefined ? name === namespace : selects(namespaceSelector, labels),
      )
      .map(({ metadata }) => metadata.name);
    const found = view.pods.filter(
      ({ metadata }) => names.includes(metadata.namespace ?? "") && selects(podSelector, metadata.labels ?? {}),
    );
    const ips = found.flatMap(({ status }) => (status?.podIP === undefined ? [] : [status.podIP]));
    return ips.length === 0 ? [] : [`{ ${[...new Set(ips)].sort().join(", ")} }`];
  });
}

function rangeOf({ cidr, except = [] }: NonNullable<Peer["ipBlock"]>): string {
  if (except.length > 0)
    throw new Error(`a policy of the tier has exceptions from ${cidr}, which nothing here carries out`);
  return cidr;
}

/** Conditions on the protocol and the port; an empty text is any. */
function portsOf(ports: readonly Port[] | undefined): readonly string[] {
  if (ports === undefined || ports.length === 0) return [""];
  return ports.map(({ protocol = "TCP", port, endPort }) => {
    const name = protocol.toLowerCase();
    if (port === undefined) return `meta l4proto ${name}`;
    if (typeof port === "string")
      throw new Error(`a policy of the tier names the port ${port}, which nothing here looks up`);
    return `${name} dport ${port}${endPort === undefined ? "" : `-${endPort}`}`;
  });
}
