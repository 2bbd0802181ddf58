import { listAt } from "../../check/kubernetes-object";
import { type Annotations, listIn } from "./annotations";
import type { EntryPoint } from "./entry-points";
import { compact, type Tree } from "../trees";

export interface ClientContext {
  readonly scheme: string;
  /** Ranges of the VPC, whose addresses are let in by default. */
  readonly vpcRanges: readonly string[];
  /** Full names of annotations that hold ranges, and of the one that holds prefix lists. */
  readonly ranges: string;
  readonly prefixLists: string;
}

const everyAddress = ["0.0.0.0/0", "::/0"];

/** Who may reach the load balancer: what the object says, else what its security groups let in. */
export function clientArgs(entry: EntryPoint, context: ClientContext): Tree {
  const { annotations = {} } = entry.object.metadata;
  const peers = peersOf(entry, annotations, context);
  const cidrs = peers.filter((peer) => peer.includes("/"));
  const others = peers.filter((peer) => !peer.includes("/"));
  if (others.length === 0 && isDefault(cidrs, context)) return {};
  const some = (list: readonly string[]) => (list.length === 0 ? undefined : list);
  return compact({
    allowedCidrs: some(cidrs),
    allowedPrefixListIds: some(others.filter((peer) => peer.startsWith("pl-"))),
    allowedSecurityGroupIds: some(others.filter((peer) => peer.startsWith("sg-"))),
  });
}

function peersOf(
  { object, balancer }: EntryPoint,
  annotations: Annotations,
  { ranges, prefixLists }: ClientContext,
): readonly string[] {
  const written = [
    ...listAt(object, "spec", "loadBalancerSourceRanges").map(String),
    ...listIn(annotations[ranges]),
    ...listIn(annotations[prefixLists]),
  ];
  if (written.length > 0) return [...new Set(written)];
  const rules = balancer?.rules ?? [];
  const onListeners = rules.filter(({ fromPort, toPort }) =>
    [80, 443].some((port) => fromPort <= port && port <= toPort),
  );
  return [...new Set(onListeners.map(({ peer }) => peer))];
}

function isDefault(cidrs: readonly string[], { scheme, vpcRanges }: ClientContext): boolean {
  if (cidrs.length === 0) return true;
  const everybody = scheme === "internet-facing" ? everyAddress : vpcRanges;
  return cidrs.every((range) => everybody.includes(range));
}
