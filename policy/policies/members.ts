/**
 * The value at a path, such as `["metadata", "name"]`; none: `undefined`.
 *
 * It reads nothing else, because during a preview the SDK throws where one reads a value that is not known yet, and then
 * leaves the policy for the update.
 */
export function memberAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === "object" && at !== null ? (at as Readonly<Record<string, unknown>>)[key] : undefined),
    value,
  );
}

/** The text at a path; empty: there is none. */
export function textAt(value: unknown, path: readonly string[]): string {
  const found = memberAt(value, path);
  return typeof found === "string" ? found : "";
}

/** The list at a path; empty: there is none. */
export function listAt(value: unknown, path: readonly string[]): readonly unknown[] {
  const found = memberAt(value, path);
  return Array.isArray(found) ? found : [];
}

/** Whether there is anything at a path, even what is not known yet. */
export function hasMember(value: unknown, path: readonly string[]): boolean {
  const above = memberAt(value, path.slice(0, -1));
  return typeof above === "object" && above !== null && path.slice(-1).join() in above;
}

/** `namespace/name` of an object in the cluster. */
export function objectName(props: unknown): string {
  return `${textAt(props, ["metadata", "namespace"])}/${textAt(props, ["metadata", "name"])}`;
}
