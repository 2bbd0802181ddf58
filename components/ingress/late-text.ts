import type { AnnotationValue, LateText, Leaf } from "../plan/leaf";

/** `a,b,c`; nothing if there are none. */
export function commaSeparated(leaves: readonly Leaf[]): LateText | undefined {
  if (leaves.length === 0) return undefined;
  return { concat: leaves.flatMap((leaf, index) => (index === 0 ? [leaf] : [",", leaf])) };
}

/** `first,more,more`; the first alone if there are no more. */
export function withMore(first: Leaf, more: readonly Leaf[]): AnnotationValue {
  return more.length === 0 ? first : { concat: [first, ...more.flatMap((leaf) => [",", leaf])] };
}

/** Tags in the controller's way of writing, `a=1,b=2`; nothing if there are none. */
export function tagsText(tags: Readonly<Record<string, Leaf>>): LateText | undefined {
  const pairs = Object.entries(tags);
  if (pairs.length === 0) return undefined;
  return { concat: pairs.flatMap(([key, value], index) => [`${index === 0 ? "" : ","}${key}=`, value]) };
}
