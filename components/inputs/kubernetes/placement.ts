import type { Tree } from "../../plan/input-value";

/** Where pods may run. */
export interface Placement {
  readonly nodeSelector: Tree;
  readonly tolerations: readonly unknown[];
  readonly affinity: Tree | undefined;
}

/** The same as members of a pod, and of the gateway chart's values; nothing for what is not said. */
export function placement({ nodeSelector, tolerations, affinity }: Placement): Tree {
  return {
    ...(Object.keys(nodeSelector).length === 0 ? {} : { nodeSelector }),
    ...(tolerations.length === 0 ? {} : { tolerations }),
    ...(affinity === undefined ? {} : { affinity }),
  };
}
