import { isDeepStrictEqual } from "node:util";

export type Tree = Readonly<Record<string, unknown>>;
export type Path = readonly string[];

/** Whether a value is a block of members. */
export function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A block without members that are undefined or empty blocks. */
export function compact(tree: Tree): Tree {
  const entries = Object.entries(tree).map(([key, value]) => [key, isTree(value) ? compact(value) : value] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined && !isEmpty(value)));
}

function isEmpty(value: unknown): boolean {
  return isTree(value) && Object.keys(value).length === 0;
}

/** What a tree has that another one lacks, or has otherwise. Lists count as a whole. */
export function difference(tree: Tree, other: unknown): Tree {
  const entries = Object.entries(tree).map(([key, value]) => {
    const counterpart = isTree(other) ? other[key] : undefined;
    if (isTree(value) && (isTree(counterpart) || counterpart === undefined))
      return [key, difference(value, counterpart)];
    return [key, isDeepStrictEqual(value, counterpart) ? undefined : value];
  });
  return compact(Object.fromEntries(entries) as Tree);
}

/** A tree without what is at a path. */
export function without(tree: Tree, [first, ...rest]: Path): Tree {
  const entries = Object.entries(tree).flatMap(([key, value]) => {
    if (key !== first) return [[key, value]];
    return rest.length > 0 && isTree(value) ? [[key, without(value, rest)]] : [];
  });
  return compact(Object.fromEntries(entries) as Tree);
}

/** Every value that is no block, with its path. */
export function inputValuesOf(
  tree: Tree,
  path: Path = [],
): readonly { readonly path: Path; readonly value: unknown }[] {
  return Object.entries(tree).flatMap(([key, value]) => {
    const here = [...path, key];
    return isTree(value) ? inputValuesOf(value, here) : [{ path: here, value }];
  });
}
