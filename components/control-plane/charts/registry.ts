import type { Tree } from "../../plan/input-value";

/** Tells a chart the registry of its image, unless the user's values name one where the chart looks first, or a whole image. */
export function registry(hub: string, user: Tree): Tree {
  const { hub: own, image } = user;
  const whole = typeof image === "string" && image.includes("/");
  return own === undefined && !whole ? { global: { hub } } : {};
}
