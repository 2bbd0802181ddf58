import { present } from "../../../inputs/present";
import { isDeepStrictEqual } from "node:util";
import { type Path, pathText } from "../../../inputs/path";
import type { Tree } from "../../../plan/input-value";

/** Whether a value is a block whose members are merged one by one. Lists, input values and Outputs are taken whole, as Helm does. */
export function isTree(value: unknown): value is Tree {
  if (typeof value !== "object" || value === null) return false;
  return Object.getPrototypeOf(value) === Object.prototype;
}

/** Merges layers of chart values; the later one wins, key by key, where it says something. No layer is changed. */
export function mergeLayers(...layers: readonly Tree[]): Tree {
  return layers.reduce<Tree>(mergeTwo, {});
}

function mergeTwo(lower: Tree, upper: Tree): Tree {
  const merged = new Map(Object.entries(lower));
  for (const [key, value] of Object.entries(present(upper))) {
    const below = merged.get(key);
    merged.set(key, isTree(below) && isTree(value) ? mergeTwo(below, value) : value);
  }
  return Object.fromEntries(merged);
}

/** A value that the user sets to something else than the mesh needs. */
export interface Contradiction {
  /** Path below the chart's values, such as `service.type`. */
  readonly path: string;
  readonly given: unknown;
  readonly required: unknown;
}

/** Finds where the user's values differ from the required ones. */
export function findContradictions(user: unknown, required: Tree, path: Path = []): readonly Contradiction[] {
  if (!isTree(user)) return [];
  return Object.entries(required).flatMap(([key, needed]) => {
    const given = Object.hasOwn(user, key) ? user[key] : undefined;
    const here = [...path, key];
    if (given === undefined) return [];
    if (isTree(needed) && isTree(given)) return findContradictions(given, needed, here);
    return isDeepStrictEqual(given, needed) ? [] : [{ path: pathText(here), given, required: needed }];
  });
}

/** Whether a chart makes an autoscaler: what the user's values set, else what follows from the limits. */
export function scales(written: unknown, otherwise: boolean): boolean {
  return typeof written === "boolean" ? written : otherwise;
}
