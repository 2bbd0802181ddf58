import type { KubernetesObject } from "../check/kubernetes-object";
import { textAt } from "../check/kubernetes-object";
import type { Found, Note } from "./note";
import { compact, type Tree } from "./trees";

export interface NamespaceContext {
  readonly mode: "sidecar" | "ambient";
  readonly revision: string;
  /** Namespaces of the mesh's own parts. */
  readonly own: readonly string[];
  readonly peerAuthentications: readonly KubernetesObject[];
}

/** Namespaces whose pods take part in the mesh: their labels stay, and are the mesh's from now on. */
export function namespaceArgs(all: readonly KubernetesObject[], context: NamespaceContext): Found<Tree> {
  const found = all
    .filter(({ metadata: { name } }) => !context.own.includes(name) && !name.startsWith("kube-"))
    .map((namespace) => [namespace.metadata.name, enrolment(namespace, context)] as const);
  return {
    args: Object.fromEntries(found.flatMap(([name, { args }]) => (args === undefined ? [] : [[name, args]]))),
    notes: found.flatMap(([, { notes }]) => notes),
  };
}

function enrolment({ metadata }: KubernetesObject, context: NamespaceContext): Found<Tree | undefined> {
  const { name, labels = {} } = metadata;
  const notes = waypointNote(name, labels["istio.io/use-waypoint"]);
  const revision = labels["istio-injection"] === "enabled" ? "" : labels["istio.io/rev"];
  if (labels["istio.io/dataplane-mode"] === "ambient") {
    if (context.mode === "sidecar") return { args: undefined, notes: [...notes, withoutZtunnel(name)] };
    return { args: withMtls({ create: false }, name, context), notes };
  }
  if (revision === undefined) return { args: undefined, notes };
  if (revision === "" && context.revision !== "") return { args: undefined, notes: [...notes, byDefaultTag(name)] };
  const dataplane = context.mode === "sidecar" ? undefined : "sidecar";
  const other = revision === context.revision ? undefined : revision;
  return { args: withMtls({ create: false, dataplane, revision: other }, name, context), notes };
}

/** A namespace has a member of its own only where it differs from the mesh. */
function withMtls(args: Tree, name: string, { peerAuthentications }: NamespaceContext): Tree {
  return compact({ ...args, mtls: mtlsOf(peerAuthentications, name) });
}

/** What the policy `default` of a namespace says; none: it has none, or says something else. */
export function mtlsOf(policies: readonly KubernetesObject[], namespace: string): string | undefined {
  const policy = policies.find(({ metadata }) => metadata.namespace === namespace && metadata.name === "default");
  return { STRICT: "strict", PERMISSIVE: "permissive" }[textAt(policy, "spec", "mtls", "mode")];
}

function waypointNote(name: string, waypoint: string | undefined): readonly Note[] {
  if (waypoint === undefined) return [];
  const text = `Its label istio.io/use-waypoint and the waypoint ${waypoint} stay as they are.`;
  return [
    { kind: "left", subject: `Namespace ${name}`, text, suggestion: "Let the mesh make one later: waypoint: true." },
  ];
}

function withoutZtunnel(name: string): Note {
  const text = "Its label istio.io/dataplane-mode=ambient stays as it is, and does nothing: there is no ztunnel.";
  return { kind: "left", subject: `Namespace ${name}`, text };
}

function byDefaultTag(name: string): Note {
  return {
    kind: "left",
    subject: `Namespace ${name}`,
    text: "Its label istio-injection=enabled stays as it is: with a revision, the mesh would write istio.io/rev.",
    suggestion: "Add it to namespaces with create: false when its pods may restart.",
  };
}

/** Mesh-wide mTLS, and policies that are not the mesh's. */
export function meshMtls(policies: readonly KubernetesObject[], root: string): Found<string | undefined> {
  const others = policies.filter(({ metadata }) => metadata.namespace === root && metadata.name !== "default");
  return {
    args: mtlsOf(policies, root),
    notes: others.map(({ metadata: { name } }) => ({
      kind: "left",
      subject: `PeerAuthentication ${name} in ${root}`,
      text: "The mesh's own policy is called default; this one stays as it is, and Istio goes on reading it.",
    })),
  };
}
