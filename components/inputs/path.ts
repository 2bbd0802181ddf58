/** Where something stands in a tree of arguments. */
export type Path = readonly PropertyKey[];

/** `ingress.allowedCidrs[1]`; a name with dots or slashes is quoted. */
export function pathText(path: Path): string {
  return path.reduce<string>(memberText, "");
}

/** The member of what stands at a place: `labels.app`, `labels["example.com/app"]`. */
export function memberText(place: string, key: PropertyKey): string {
  if (typeof key === "number") return `${place}[${key}]`;
  const name = String(key);
  if (!/^[\w-]+$/.test(name)) return `${place}[${JSON.stringify(name)}]`;
  return place === "" ? name : `${place}.${name}`;
}

/** The value at a path, or undefined where the path leads nowhere. */
export function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    root,
  );
}
