import type { Tree } from "../plan/input-value";
import type { DeferredValue } from "../plan/release";
import { textOf } from "./interpolation";

/** Chart values with those that are put together only here. */
export function withDeferredValues(values: Tree, deferred: readonly DeferredValue[] = []): Record<string, unknown> {
  return deferred.reduce<Record<string, unknown>>(
    (tree, { path, value }) => withValue(tree, path, textOf(value)) as Record<string, unknown>,
    { ...values },
  );
}

function withValue(tree: unknown, [key, ...rest]: DeferredValue["path"], value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(tree)) {
    return tree.map((entry: unknown, index) => (index === key ? withValue(entry, rest, value) : entry));
  }
  const block = tree as Tree;
  return { ...block, [key]: withValue(block[key], rest, value) };
}
