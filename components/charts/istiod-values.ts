import type { Tree } from "../plan/leaf";
import { isTree, mergeLayers } from "./chart-values";

/** What the user's values say in effect: the chart istiod lifts `pilot.x` to `x`, over what stands there. */
export function lifted(istiod: Tree): Tree {
  const { pilot, ...top } = istiod;
  return isTree(pilot) ? mergeLayers(top, pilot) : istiod;
}

/**
 * Our values without those in whose place the user says something below `pilot`: nobody would read ours.
 *
 * The user's stay where they are, since the chart's own profiles speak below `pilot` as well and would win over the top.
 */
export function besidePilot(ours: Tree, istiod: Tree): Tree {
  return isTree(istiod["pilot"]) ? minus(ours, istiod["pilot"]) : ours;
}

function minus(tree: Tree, said: Tree): Tree {
  return Object.fromEntries(
    Object.entries(tree).flatMap(([key, value]) => {
      const instead = said[key];
      if (instead === undefined) return [[key, value]];
      const rest = isTree(value) && isTree(instead) ? minus(value, instead) : {};
      return Object.keys(rest).length === 0 ? [] : [[key, rest]];
    }),
  );
}
