import { Struct } from "google-protobuf/google/protobuf/struct_pb";

/** Inputs or state of a resource, arguments or answer of a function. */
export type Properties = Readonly<Record<string, unknown>>;

/** Pulumi's mark for what will be known only later. */
export const unknownMark = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export function fromStruct(struct: Struct | undefined): Properties {
  return struct === undefined ? {} : struct.toJavaScript();
}

/** Members that are undefined have no form in a struct, and are left out. */
export function toStruct(properties: Properties): Struct {
  return Struct.fromJavaScript(JSON.parse(JSON.stringify(properties)) as Record<string, never>);
}

export function text(properties: Properties, key: string): string | undefined {
  const value = properties[key];
  return typeof value === "string" ? value : undefined;
}

/** @throws Error if it is not there: the real provider would have refused it too. */
export function requiredText(properties: Properties, key: string): string {
  const value = text(properties, key);
  if (value === undefined) throw new Error(`"${key}" is required`);
  return value;
}

export function number(properties: Properties, key: string): number | undefined {
  const value = properties[key];
  return typeof value === "number" ? value : undefined;
}

export function list<Item = string>(properties: Properties, key: string): readonly Item[] {
  const value = properties[key];
  return Array.isArray(value) ? (value as readonly Item[]) : [];
}

export type Labels = Readonly<Record<string, string>>;

export function labels(properties: Properties, key = "tags"): Labels {
  const value = properties[key];
  return typeof value === "object" && value !== null ? (value as Labels) : {};
}

/** Whether two values are the same, whatever the order of their members. */
export function isSame(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === "object" && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([one], [other]) => (one < other ? -1 : 1)))
      : member,
  );
}
