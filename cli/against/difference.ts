/** One of the smallest places in which two trees differ. */
export interface Change {
  /** Keys from the top; named entries of lists are reported by name. */
  readonly path: string;
  /** `undefined`: it was not there. */
  readonly was: unknown;
  /** `undefined`: it is gone. */
  readonly is: unknown;
  /** Both hold the same, in another order. */
  readonly reordered: boolean;
}

/** The smallest places in which two trees differ. */
export function changesBetween(was: unknown, is: unknown, path = ""): readonly Change[] {
  if (JSON.stringify(was) === JSON.stringify(is)) return [];
  const [before, after] = [membersOf(was), membersOf(is)];
  if (before === undefined || after === undefined) return [{ path, was, is, reordered: false }];
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  const below = keys.flatMap((key) =>
    changesBetween(before.get(key), after.get(key), path === "" ? key : `${path}.${key}`),
  );
  return below.length > 0 ? below : [{ path, was, is, reordered: true }];
}

/** A value as one can read it in a line. */
export function short(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}

function membersOf(value: unknown): ReadonlyMap<string, unknown> | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (!Array.isArray(value)) return new Map(Object.entries(value));
  return new Map(value.map((entry: unknown, index) => [nameOf(entry, index), entry]));
}

function nameOf(entry: unknown, index: number): string {
  const name = typeof entry === "object" && entry !== null && "name" in entry ? entry.name : undefined;
  return typeof name === "string" ? name : String(index);
}
