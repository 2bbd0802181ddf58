/** Where something stands in a tree of arguments. */
export type Path = readonly PropertyKey[];

/** `ingress.allowedCidrs[1]`; a name with dots or slashes is quoted. */
export function pathText(path: Path): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    const name = String(key);
    if (!/^[\w-]+$/.test(name)) return `${text}[${JSON.stringify(name)}]`;
    return text === "" ? name : `${text}.${name}`;
  }, "");
}

/** The value at a path, or undefined where the path leads nowhere. */
export function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    root,
  );
}

/** A copy of the tree in which the members at these paths are missing. A list with a fault in it is missing whole. */
export function without(faults: readonly Path[], root: unknown): unknown {
  if (faults.some((fault) => fault.length === 0)) return undefined;
  if (faults.length === 0 || typeof root !== "object" || root === null) return root;
  const kept: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(root)) {
    const below = faults.filter((fault) => String(fault[0]) === key).map((fault) => fault.slice(1));
    const rest = Array.isArray(member) && below.length > 0 ? undefined : without(below, member);
    if (rest !== undefined) kept[key] = rest;
  }
  return kept;
}
