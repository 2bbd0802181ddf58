import type { Tree } from "../plan/leaf";
import { isTree, mergeLayers } from "./chart-values";

/**
 * The user's values as the chart istiod takes them: it lifts `pilot.x` to `x`, over what stands there.
 *
 * Done before ours are merged, so that what the user says below `pilot` takes the place of ours, too: else ours would
 * be written and never read.
 */
export function lifted(istiod: Tree): Tree {
  const { pilot, ...top } = istiod;
  return isTree(pilot) ? mergeLayers(top, pilot) : istiod;
}
