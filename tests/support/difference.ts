/** The smallest places in which two trees differ: `path: was this, is that`. Named entries of lists are told by name. */
export function differences(was: unknown, is: unknown, path = ""): readonly string[] {
  if (JSON.stringify(was) === JSON.stringify(is)) return [];
  const [before, after] = [membersOf(was), membersOf(is)];
  if (before === undefined || after === undefined) return [`${path}: ${told("was", was)}, ${told("is", is)}`];
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  const below = keys.flatMap((key) =>
    differences(before.get(key), after.get(key), path === "" ? key : `${path}.${key}`),
  );
  return below.length > 0 ? below : [`${path}: in another order`];
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

function told(verb: "was" | "is", value: unknown): string {
  if (value === undefined) return verb === "was" ? "was not there" : "is gone";
  const text = JSON.stringify(value);
  return `${verb} ${text.length > 120 ? `${text.slice(0, 117)}…` : text}`;
}
