import { waypointName } from "../../../components/control-plane/modes/ambient/ambient-plan";
import type { KubernetesObject } from "../../check/kubernetes-object";
import { at, textAt } from "../../check/kubernetes-object";
import type { Found, Note } from "../report/note";
import { compact, type Tree } from "../trees";

export interface NamespaceContext {
  readonly mode: "sidecar" | "ambient";
  readonly revision: string;
  /** Namespaces of the mesh's own parts. */
  readonly own: readonly string[];
  readonly peerAuthentications: readonly KubernetesObject[];
  readonly gateways: readonly KubernetesObject[];
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
  const ambient = context.mode === "ambient" && labels["istio.io/dataplane-mode"] === "ambient";
  const waypoint = ambient && hasOwnWaypoint(metadata, context) ? true : undefined;
  const notes = waypoint === true ? [] : waypointNote(name, labels["istio.io/use-waypoint"]);
  const revision = labels["istio-injection"] === "enabled" ? "" : labels["istio.io/rev"];
  if (labels["istio.io/dataplane-mode"] === "ambient") {
    if (context.mode === "sidecar") return { args: undefined, notes: [...notes, withoutZtunnel(name)] };
    return { args: withMtls({ create: false, waypoint }, name, context), notes };
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
  // Those speak of some pods or ports, and the mesh's of all.
  if (["selector", "portLevelMtls"].some((member) => at(policy, "spec", member) !== undefined)) return undefined;
  return { STRICT: "strict", PERMISSIVE: "permissive" }[textAt(policy, "spec", "mtls", "mode")];
}

/** Whether its Services are reached by a waypoint as the mesh makes one: of its name, in the namespace, for Services. */
function hasOwnWaypoint({ name, labels = {} }: KubernetesObject["metadata"], { gateways }: NamespaceContext): boolean {
  const { "istio.io/use-waypoint": used, "istio.io/use-waypoint-namespace": elsewhere } = labels;
  return gateways.some(
    (gateway) =>
      [used, waypointName].every((one) => one === gateway.metadata.name) &&
      gateway.metadata.namespace === name &&
      textAt(gateway, "spec", "gatewayClassName") === "istio-waypoint" &&
      [undefined, "service"].includes(gateway.metadata.labels?.["istio.io/waypoint-for"]) &&
      [undefined, name].includes(elsewhere),
  );
}

function waypointNote(name: string, waypoint: string | undefined): readonly Note[] {
  if (waypoint === undefined) return [];
  const text = `Its label istio.io/use-waypoint and the waypoint ${waypoint} stay as they are.`;
  return [
    {
      ...{ kind: "left", subject: `Namespace ${name}`, text },
      suggestion: `The mesh makes a waypoint called ${waypointName}, in the namespace and for its Services: write waypoint: true, and the label leads there.`,
    },
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

/** Mesh-wide mTLS, and a policy that says more than the mesh can. */
export function meshMtls(policies: readonly KubernetesObject[], root: string): Found<string | undefined> {
  const own = policies.find(({ metadata }) => metadata.namespace === root && metadata.name === "default");
  const args = mtlsOf(policies, root);
  if (own === undefined || args !== undefined) return { args, notes: [] };
  const text =
    "It says something else than permissive or strict for all pods: another mode, a selector, or ports. It stays as it is.";
  return { args, notes: [{ kind: "left", subject: `PeerAuthentication default in ${root}`, text }] };
}
