import semver from "semver";
import { closest } from "../../../inputs/suggestions/closest";
import { isDeferred } from "../../../inputs/input-value";
import type { KeyTree } from "./chart-keys";
import table from "./mesh-config-fields.json";

/** The minor of Istio whose MeshConfig is listed. Written by `npm run mesh-config-fields`. */
export const meshConfigMinor: string = table.minor;

/** Whether a version is newer than the list, and may have further fields. An older one has none that the list lacks. */
export function isUnlisted(version: string): boolean {
  return semver.gt(version, `${meshConfigMinor}.999`);
}

/** A field that MeshConfig does not have. */
export interface UnknownField {
  readonly path: readonly string[];
  /** The field that was probably meant. */
  readonly near: string | undefined;
}

/** Finds the fields of a mesh configuration that Istio does not know. */
export function unknownMeshConfigFields(config: object): readonly UnknownField[] {
  return unknownIn(config, { path: [], tree: table.fields });
}

interface Place {
  readonly path: readonly string[];
  readonly tree: KeyTree;
}

function unknownIn(value: unknown, { path, tree }: Place): readonly UnknownField[] {
  if (typeof value !== "object" || value === null || isDeferred(value) || tree["**"] !== undefined) return [];
  // A scalar field: whatever is wrong with its value, Istio says.
  if (Object.keys(tree).length === 0) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    const here = [...path, key];
    // Entries of lists and maps stand below `*`; a field may have its name of the proto file.
    const below = tree["*"] === undefined ? ownField(tree, inCamelCase(key)) : tree["*"];
    if (below === undefined) return [{ path: here, near: closest(inCamelCase(key), Object.keys(tree)) }];
    return unknownIn(member, { path: here, tree: below });
  });
}

function ownField(tree: KeyTree, key: string): KeyTree | undefined {
  return Object.hasOwn(tree, key) ? tree[key] : undefined;
}

function inCamelCase(key: string): string {
  return key.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
