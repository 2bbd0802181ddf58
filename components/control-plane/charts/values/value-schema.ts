import { type Schema, Validator } from "@cfworker/json-schema";
import { closest } from "../../../inputs/suggestions/closest";
import { isDeferred } from "../../../inputs/input-value";
import { type Path, valueAt } from "../../../inputs/path";
import type { Tree } from "../../../plan/input-value";

/** What the schema of a chart requires of a value, in the words of JSON Schema. */
export interface ValueSchema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, ValueSchema>>;
  readonly additionalProperties?: ValueSchema;
  readonly items?: ValueSchema;
  readonly required?: readonly string[];
}

/** A value that the schema refuses. */
export interface RefusedValue {
  /** Its place below the chart's values. */
  readonly path: Path;
  readonly given: unknown;
  readonly allowed: string;
  readonly suggestion: string;
}

/**
 * Finds the values that a schema refuses, each once. A value that becomes known later may be of any type.
 *
 * A null is a value too: Pulumi passes it on, and Helm compares it with the schema.
 */
export function refusedBySchema(schema: ValueSchema, values: Tree): readonly RefusedValue[] {
  const { errors } = new Validator(schema as Schema, "7", false).validate(knownOf(values));
  const found = errors
    .filter(({ keyword }) => ["type", "enum", "required"].includes(keyword))
    .map(({ instanceLocation, keywordLocation }) => ({
      path: pathIn(values, keysOf(instanceLocation)),
      rule: valueAt(schema, keysOf(keywordLocation).slice(0, -1)) as ValueSchema,
    }))
    .filter(({ path }) => !isDeferred(valueAt(values, path)));
  const places = found.map(({ path }) => JSON.stringify(path));
  return found
    .filter((_, index) => places.indexOf(String(places[index])) === index)
    .map(({ path, rule }) => refused(path, rule, valueAt(values, path)));
}

/** Values as JSON has them, with null in place of what is known later. */
function knownOf(value: unknown): unknown {
  if (isDeferred(value) || value === null) return null;
  if (Array.isArray(value)) return value.map(knownOf);
  if (typeof value !== "object") return value;
  const given = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(given.map(([key, member]) => [key, knownOf(member)]));
}

/** The keys of a JSON pointer such as `#/podAnnotations/prometheus.io~1port`. */
function keysOf(pointer: string): readonly string[] {
  const keys = pointer.split("/").slice(1);
  return keys.map((key) => decodeURIComponent(key).replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** With numbers where a list is. */
function pathIn(values: Tree, keys: readonly string[]): Path {
  return keys.map((key, index) => (Array.isArray(valueAt(values, keys.slice(0, index))) ? Number(key) : key));
}

function refused(path: Path, rule: ValueSchema, given: unknown): RefusedValue {
  const missing = missingIn(rule, given);
  if (missing.length > 0) {
    const names = missing.join(", ");
    return { path, given, allowed: `a map with ${names}`, suggestion: `add ${names}` };
  }
  const allowed = rule.enum === undefined ? typesOf(rule).map(named) : rule.enum.map((one) => JSON.stringify(one));
  return { path, given, allowed: joined(allowed), suggestion: suggestion(rule, given) };
}

function missingIn({ required = [] }: ValueSchema, given: unknown): readonly string[] {
  if (typeof given !== "object" || given === null || Array.isArray(given)) return [];
  return required.filter((key) => !Object.hasOwn(given, key));
}

function suggestion(rule: ValueSchema, given: unknown): string {
  if (given === null) return "give it a value, or remove the line";
  const types = typesOf(rule);
  if (rule.enum !== undefined) return choiceSuggestion(rule.enum, given);
  if (typeof given === "string" && types.some((type) => isOf(type, given)))
    return `write ${given.trim()} without quotes`;
  const plain = typeof given === "number" || typeof given === "boolean";
  if (plain && types.includes("string")) return `write "${String(given)}" in quotes`;
  return `write ${joined(types.filter((type) => type !== "null").map(named))}, or remove it`;
}

function choiceSuggestion(choices: readonly unknown[], given: unknown): string {
  const words = choices.map(String).filter((word) => word !== "");
  const near = closest(String(given), words);
  const meant = choices.find((choice) => String(choice) === near);
  return near === undefined ? "write one of these, or remove it" : `did you mean ${JSON.stringify(meant)}?`;
}

/** Whether a text in quotes would be of the type without them. */
function isOf(type: string, given: string): boolean {
  if (type === "boolean") return given === "true" || given === "false";
  if (type === "integer") return /^\s*-?\d+\s*$/.test(given);
  return type === "number" && /^\s*-?\d+(\.\d+)?\s*$/.test(given);
}

function typesOf({ type }: ValueSchema): readonly string[] {
  return [type].flat().filter((one) => one !== undefined);
}

const names: Readonly<Record<string, string>> = {
  object: "a map",
  array: "a list",
  integer: "an integer",
  number: "a number",
  string: "a text",
  boolean: "true or false",
  null: "null",
};

function named(type: string): string {
  return String(names[type]);
}

function joined(words: readonly string[]): string {
  return [words.slice(0, -1).join(", "), ...words.slice(-1)].filter((part) => part !== "").join(" or ");
}
