import type { Place } from "../tree";

/** What the templates of a chart read of its values, as the validator finds it. */
export interface ChartKeys {
  readonly reads: readonly string[];
  readonly flattened: readonly string[];
  readonly closed: readonly string[];
  readonly moved: Readonly<Record<string, string>>;
}

/** Whether a chart reads a value at this place, or all that is around it. */
export function isRead(keys: ChartKeys, place: Place): boolean {
  const path = place.map(String);
  const [top, ...rest] = path;
  const paths = top !== undefined && keys.flattened.includes(top) ? [path, rest] : [path];
  return keys.reads.some((read) => paths.some((one) => covers(read.split("."), one)));
}

function covers([key, ...pattern]: readonly string[], [name, ...path]: readonly string[]): boolean {
  if (key === undefined) return name === undefined;
  if (key === "**") return true;
  if (name === undefined) return false;
  return (key === "*" || key === name) && covers(pattern, path);
}
