import type { z } from "zod";
import { accepts, blockOf, membersOf, withoutOptional } from "./member-search";
import { factsOf } from "./schema-facts";

/** The type that a member has, where a value of another one is given. */
export interface ExpectedType {
  /** zod's name of it. */
  readonly expected: string;
  /** The same for the user. */
  readonly allowed: string;
  readonly schema: z.ZodType | undefined;
}

/** What to write in place of a value of the wrong type. */
export function typeSuggestion(given: unknown, { expected, allowed, schema }: ExpectedType): string {
  if (given === null) return nullSuggestion(schema);
  if (expected === "boolean" && (given === "true" || given === "false")) return `write ${given} without quotes`;
  if (expected === "array" && typeof given === "string") return `write ${JSON.stringify(entriesOf(given))}`;
  const instead =
    expected === "object"
      ? blockSuggestion(given, schema)
      : expected === "record"
        ? mapSuggestion(given, schema)
        : undefined;
  return instead === undefined ? `write ${allowed}` : instead;
}

/** In YAML, a key with nothing after it. */
function nullSuggestion(schema: z.ZodType | undefined): string {
  const hasDefaults = schema !== undefined && blockOf(schema) !== undefined && accepts(schema, {});
  return hasDefaults ? "write {} for its defaults, or remove the line" : "give it a value, or remove the line";
}

/** A member that accepts this text accepts many, so that a value does not show what is meant. */
const anyWord = "x";

/** The block with the member that takes the value: its name, or the first one whose form is that of the value. */
function blockSuggestion(given: unknown, schema: z.ZodType | undefined): string | undefined {
  if (Array.isArray(given)) return "write a block of members, not a list";
  if (typeof given !== "string") return undefined;
  const members = membersOf(schema);
  const taking = Object.entries(members).find(([, member]) => accepts(member, given) && !accepts(member, anyWord));
  const name = members["name"] === undefined ? taking?.[0] : "name";
  return name === undefined ? undefined : `write { ${name}: ${JSON.stringify(given)} }`;
}

function mapSuggestion(given: unknown, schema: z.ZodType | undefined): string | undefined {
  const values = schema === undefined ? undefined : factsOf(withoutOptional(schema))?.values;
  const names = typeof given === "string" ? entriesOf(given) : given;
  if (values !== undefined && blockOf(values) !== undefined && isListOfNames(names)) {
    return `write { ${names.map((name) => `${name}: {}`).join(", ")} }`;
  }
  const pairs = Array.isArray(given) ? given.map(pairOf) : [];
  if (pairs.length === 0 || pairs.includes(undefined)) return undefined;
  return `write { ${pairs.join(", ")} }`;
}

/** Tags as the API of AWS has them: `{ Key: "Team", Value: "shop" }`. */
function pairOf(entry: unknown): string | undefined {
  if (typeof entry !== "object" || entry === null) return undefined;
  const members = new Map(Object.entries(entry).map(([name, value]) => [name.toLowerCase(), value as unknown]));
  const [key, value] = [members.get("key"), members.get("value")];
  return typeof key === "string" && typeof value === "string" ? `${key}: ${JSON.stringify(value)}` : undefined;
}

function entriesOf(given: string): readonly string[] {
  return given.split(/\s*,\s*/);
}

function isListOfNames(given: unknown): given is readonly string[] {
  return Array.isArray(given) && given.length > 0 && given.every((name) => typeof name === "string");
}
