import { memberAt, membersOf, textOf } from "../members";
import type { Recorded } from "../plan/recording";

/** A namespace as far as requests to it are concerned. */
export interface TrafficNamespace {
  readonly name: string;
  /** Who speaks for its pods; none: it is not in the mesh. */
  readonly dataplane: "sidecar" | "ambient" | undefined;
  /** Name of the waypoint that requests from pods of the mesh go through. */
  readonly waypoint: string | undefined;
  /** Requests from a gateway go through it too; without the label `istio.io/ingress-use-waypoint` they go past it. */
  readonly ingressWaypoint: boolean;
  /** `STRICT`: plaintext is refused; `PERMISSIVE`: both are accepted; `DISABLE`: plaintext only. */
  readonly mtls: string;
}

/** What is known of namespaces by name, of those too that the mesh does not enrol. */
export function namespacesOf(resources: readonly Recorded[], root: string): (name: string) => TrafficNamespace {
  const policies = mtlsByNamespace(resources);
  const enrolled = new Map(
    resources
      .filter(({ type }) => type === "kubernetes:core/v1:NamespacePatch")
      .map(({ inputs }) => [textOf(memberAt(inputs, "metadata", "name")), memberAt(inputs, "metadata", "labels")]),
  );
  return (name) => {
    const labels = membersOf(enrolled.get(name));
    const waypoint = labels["istio.io/use-waypoint"];
    return {
      name,
      dataplane: dataplaneOf(labels),
      waypoint: waypoint === undefined || waypoint === "none" ? undefined : textOf(waypoint),
      ingressWaypoint: labels["istio.io/ingress-use-waypoint"] === "true",
      mtls: policies.get(name) ?? policies.get(root) ?? "PERMISSIVE",
    };
  };
}

/** The namespaces that the mesh enrols, in the order of the plan. */
export function enrolledNamespaces(resources: readonly Recorded[]): readonly string[] {
  return resources
    .filter(({ type }) => type === "kubernetes:core/v1:NamespacePatch")
    .map(({ inputs }) => textOf(memberAt(inputs, "metadata", "name")));
}

function dataplaneOf(labels: Readonly<Record<string, unknown>>): TrafficNamespace["dataplane"] {
  if (labels["istio.io/dataplane-mode"] === "ambient") return "ambient";
  const injected = labels["istio-injection"] === "enabled" || labels["istio.io/rev"] !== undefined;
  return injected ? "sidecar" : undefined;
}

/** Policies for whole namespaces; those of single workloads have a selector. */
function mtlsByNamespace(resources: readonly Recorded[]): ReadonlyMap<string, string> {
  return new Map(
    resources.flatMap(({ type, inputs }) => {
      const mode = memberAt(inputs, "spec", "mtls", "mode");
      const whole = type.endsWith(":PeerAuthentication") && memberAt(inputs, "spec", "selector") === undefined;
      return whole && mode !== undefined ? [[textOf(memberAt(inputs, "metadata", "namespace")), textOf(mode)]] : [];
    }),
  );
}
