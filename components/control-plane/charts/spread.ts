import type { Tree } from "../../plan/input-value";

/**
 * Spreads the pods with these labels over zones, then over nodes, where that is possible.
 *
 * Both, because Kubernetes drops its own default spreading over nodes as soon as a pod names a constraint.
 */
export function spread(matchLabels: Readonly<Record<string, string>>): readonly Tree[] {
  return ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels },
  }));
}
