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

/** A copy of the tree without the members and list entries at these paths. */
export function without(faults: readonly Path[], root: unknown): unknown {
  if (faults.some((fault) => fault.length === 0)) return undefined;
  if (faults.length === 0 || typeof root !== "object" || root === null) return root;
  const rest = (key: string, member: unknown) =>
    without(
      faults.filter((fault) => String(fault[0]) === key).map((fault) => fault.slice(1)),
      member,
    );
  if (Array.isArray(root)) return root.map((member, index) => rest(String(index), member)).filter(isKept);
  const members = Object.entries(root).map(([key, member]) => [key, rest(key, member)] as const);
  return Object.fromEntries(members.filter(([, member]) => isKept(member)));
}

function isKept(member: unknown): boolean {
  return member !== undefined;
}

/** The path in the whole tree of something that was found in the copy `without` these faults: its list may have been longer. */
export function pathBefore(faults: readonly Path[], path: string): string {
  const gone = faults.map((fault) => ({ list: pathText(fault.slice(0, -1)), entry: fault[fault.length - 1] }));
  return path.replace(/^(.*?)\[(\d+)\]/, (_, list: string, index: string) => {
    const removed = gone.flatMap(({ list: from, entry }) =>
      from === list && typeof entry === "number" ? [entry] : [],
    );
    const before = [...new Set(removed)].sort((one, other) => one - other);
    return `${list}[${before.reduce((shifted, entry) => (entry <= shifted ? shifted + 1 : shifted), Number(index))}]`;
  });
}
