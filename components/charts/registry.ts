import type { Tree } from "../plan/leaf";

/** Tells a chart the registry of its image, unless the user's values name one where the chart looks first. */
export function registry(hub: string, user: Tree): Tree {
  return user["hub"] === undefined ? { global: { hub } } : {};
}
