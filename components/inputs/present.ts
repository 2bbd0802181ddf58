import type { Tree } from "../plan/input-value";

/** A tree without the members that are undefined. */
export function present(tree: Tree): Tree {
  return Object.fromEntries(Object.entries(tree).filter(([, value]) => value !== undefined));
}
