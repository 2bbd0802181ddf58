import type { Tree } from "../plan/leaf";
import type { LateValue } from "../plan/release";
import { textOf } from "./late-text";

/** Chart values with those that are put together only here. */
export function withLateValues(values: Tree, late: readonly LateValue[] = []): Record<string, unknown> {
  return late.reduce<Record<string, unknown>>(
    (tree, { path, value }) => withValue(tree, path, textOf(value)) as Record<string, unknown>,
    { ...values },
  );
}

function withValue(tree: unknown, [key, ...rest]: LateValue["path"], value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(tree)) return tree.map((entry, index) => (index === key ? withValue(entry, rest, value) : entry));
  const block = tree as Tree;
  return { ...block, [key]: withValue(block[key], rest, value) };
}
