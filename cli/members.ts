/** Members of an object by name, as they stand among a resource's inputs. */
export type Members = Readonly<Record<string, unknown>>;

/** The members of an object; of anything else none. */
export function membersOf(value: unknown): Members {
  return typeof value === "object" && value !== null ? (value as Members) : {};
}

/** The value at the end of a path of keys. */
export function memberAt(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>((at, key) => membersOf(at)[key], value);
}

/** The entries of a list; of anything else none. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A value as one can read it in a line. */
export function textOf(value: unknown): string {
  if (typeof value === "string" || typeof value === "number") return `${value}`;
  return value === undefined ? "undefined" : JSON.stringify(value);
}

/** The object that a text of JSON holds; of anything else none. */
export function parsedJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text)) as unknown;
  } catch {
    return undefined;
  }
}
