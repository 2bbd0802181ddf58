import type { Members } from "./request";
import { type Member, type ServiceModel, type Shape, shapeOf } from "./service-model";

/** What is wrong with one parameter. */
export interface Violation {
  readonly kind: "missing" | "type" | "value";
  /** As AWS writes it: `tags.1.member.key`. */
  readonly path: string;
  readonly value: unknown;
  /** AWS' sentence: "Member must …". */
  readonly constraint: string;
}

/** Holds parameters against the shape of an operation's input: required, types, enumerations, lengths, patterns. */
export function violations(model: ServiceModel, input: Member, parameters: unknown): readonly Violation[] {
  return check(model, input, { path: "", value: parameters });
}

interface Place {
  readonly path: string;
  readonly value: unknown;
}

function check(model: ServiceModel, member: Member, place: Place): readonly Violation[] {
  const shape = shapeOf(model, member);
  const { path, value } = place;
  if (!typeFits(shape, value)) {
    return [{ kind: "type", path, value, constraint: `Member must be of type ${shape.type}` }];
  }
  switch (shape.type) {
    case "structure":
      return structure(model, shape, { path, value: value as Members });
    case "list":
      return [...sized(shape, place, (value as readonly unknown[]).length), ...items(model, shape, place)];
    case "map":
      return [...sized(shape, place, Object.keys(value as Members).length), ...entries(model, shape, place)];
    case "string":
      return text(shape, place);
    case "integer":
    case "long":
      return range(shape, place);
    default:
      return [];
  }
}

function typeFits({ type }: Shape, value: unknown): boolean {
  switch (type) {
    case "structure":
    case "map":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    case "list":
      return Array.isArray(value);
    case "string":
      return typeof value === "string";
    case "boolean":
      return typeof value === "boolean";
    case "integer":
    case "long":
      return Number.isInteger(value);
    case "float":
    case "double":
      return typeof value === "number";
    default:
      return true;
  }
}

interface StructurePlace extends Place {
  readonly value: Members;
}

function structure(model: ServiceModel, shape: Shape, { path, value }: StructurePlace): readonly Violation[] {
  const members = shape.members ?? {};
  const below = (name: string) => (path === "" ? lowered(name) : `${path}.${lowered(name)}`);
  const missing = (shape.required ?? [])
    .filter((name) => isNone(value[name]))
    .map(
      (name) => ({ kind: "missing", path: below(name), value: null, constraint: "Member must not be null" }) as const,
    );
  const wrong = Object.entries(members).flatMap(([name, member]) =>
    isNone(value[name]) ? [] : check(model, member, { path: below(name), value: value[name] }),
  );
  return [...missing, ...wrong];
}

/** The AWS SDKs write JSON's null for a parameter that is not given. */
function isNone(value: unknown): boolean {
  return value === undefined || value === null;
}

function items(model: ServiceModel, { member }: Shape, { path, value }: Place): readonly Violation[] {
  if (member === undefined) return [];
  return (value as readonly unknown[]).flatMap((item, index) =>
    check(model, member, { path: `${path}.${index + 1}.member`, value: item }),
  );
}

function entries(model: ServiceModel, { key, value: member }: Shape, { path, value }: Place): readonly Violation[] {
  if (key === undefined || member === undefined) return [];
  return Object.entries(value as Members).flatMap(([name, item]) => [
    ...check(model, key, { path, value: name }),
    ...check(model, member, { path: `${path}.${name}.member`, value: item }),
  ]);
}

function text(shape: Shape, place: Place): readonly Violation[] {
  const value = String(place.value);
  const { pattern, enum: values } = shape;
  const constraint =
    values !== undefined && !values.includes(value)
      ? `Member must satisfy enum value set: [${values.join(", ")}]`
      : pattern !== undefined && !compiled(pattern).test(value)
        ? `Member must satisfy regular expression pattern: ${pattern}`
        : undefined;
  const wrong = constraint === undefined ? [] : [{ kind: "value", ...place, constraint } as const];
  return [...sized(shape, place, [...value].length), ...wrong];
}

function sized({ min, max }: Shape, place: Place, length: number): readonly Violation[] {
  const constraints = [
    ...(min !== undefined && length < min ? [`Member must have length greater than or equal to ${min}`] : []),
    ...(max !== undefined && length > max ? [`Member must have length less than or equal to ${max}`] : []),
  ];
  return constraints.map((constraint) => ({ kind: "value", ...place, constraint }));
}

function range({ min, max }: Shape, place: Place): readonly Violation[] {
  const value = Number(place.value);
  const constraints = [
    ...(min !== undefined && value < min ? [`Member must have value greater than or equal to ${min}`] : []),
    ...(max !== undefined && value > max ? [`Member must have value less than or equal to ${max}`] : []),
  ];
  return constraints.map((constraint) => ({ kind: "value", ...place, constraint }));
}

const patterns = new Map<string, RegExp>();

/** AWS holds the whole text against a pattern, whether it is anchored or not. */
export function compiled(pattern: string): RegExp {
  const known = patterns.get(pattern) ?? compile(pattern);
  patterns.set(pattern, known);
  return known;
}

/** The patterns are Java's, whose escapes are freer than those of JavaScript's Unicode mode. */
function compile(pattern: string): RegExp {
  const whole = `^(?:${pattern})$`;
  try {
    return new RegExp(whole, "u");
  } catch {
    return new RegExp(whole);
  }
}

function lowered(name: string): string {
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}
