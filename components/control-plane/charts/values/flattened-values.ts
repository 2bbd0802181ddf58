import type { Tree } from "../../../plan/input-value";
import { isTree, mergeLayers } from "./chart-values";

/** The block that the charts istiod and cni flatten: `pilot.x`, or `cni.x`, goes over what stands at `x`. */
export type FlattenedBlock = "pilot" | "cni";

/** What the user's values set in effect, in a chart that flattens a block. */
export function flattened(values: Tree, block: FlattenedBlock): Tree {
  const { [block]: over, ...top } = values;
  return isTree(over) ? mergeLayers(top, over) : values;
}

/**
 * Our values without those in whose place the user says something below the block: nobody would read ours.
 *
 * The user's stay where they are, since the charts' own profiles speak below the block as well and would win over the top.
 */
export function besideFlattened(ours: Tree, values: Tree, block: FlattenedBlock): Tree {
  const over = values[block];
  return isTree(over) ? minus(ours, over) : ours;
}

function minus(tree: Tree, written: Tree): Tree {
  return Object.fromEntries(
    Object.entries(tree).flatMap(([key, value]) => {
      const instead = written[key];
      if (instead === undefined) return [[key, value]];
      const rest = isTree(value) && isTree(instead) ? minus(value, instead) : {};
      return Object.keys(rest).length === 0 ? [] : [[key, rest]];
    }),
  );
}
