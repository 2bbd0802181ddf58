import type { z } from "zod";
import { schemaAt, withoutOptional } from "./inputs/suggestions/member-search";
import { parseYaml } from "./inputs/yaml";
import { factsOf } from "./inputs/suggestions/schema-facts";

/**
 * The texts of arguments that may be secret: all but those that name a resource or choose which exist.
 *
 * Pulumi marks a configuration key as secret as a whole. What may be open is what the schema says of a member
 * (`isPublic`), so that a new member is secret unless someone decides otherwise.
 */
export function secretTexts(schema: z.ZodType | undefined, given: unknown): readonly string[] {
  if (typeof given !== "object" || given === null) return isPublic(schema) ? [] : textsIn(given);
  return Object.entries(given).flatMap(([key, member]) => secretTexts(schemaIn(schema, key), member));
}

function isPublic(schema: z.ZodType | undefined): boolean {
  return schema !== undefined && factsOf(withoutOptional(schema))?.isPublic === true;
}

/** The schema of a member or entry; none below what is passed on unread. */
function schemaIn(schema: z.ZodType | undefined, key: string): z.ZodType | undefined {
  return schema === undefined ? undefined : schemaAt(schema, [key]);
}

/** A number may be a password too; one of few digits is a port, a count or a percentage. */
function textsIn(given: unknown): readonly string[] {
  if (typeof given === "string") return given.trim() === "" ? [] : [given.trim(), ...textsWithin(given)];
  return typeof given === "number" && String(given).length >= 6 ? [String(given)] : [];
}

/** The texts in a document of YAML or JSON, such as a proxy's configuration in an annotation: it may be written anew. */
function textsWithin(text: string): readonly string[] {
  const document = documentIn(text);
  return typeof document === "object" && document !== null ? scalarsOf(document) : [];
}

function scalarsOf(value: unknown): readonly string[] {
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(scalarsOf) : textsIn(value);
}

/** Only a text with these characters can be one; the parser takes a moment. */
function documentIn(text: string): unknown {
  if (!/[:{[]/.test(text)) return undefined;
  try {
    return parseYaml(text);
  } catch {
    return undefined;
  }
}

/** Tells whether a text or number of a resource's inputs holds one of the secret texts. */
export function secretDetector(secrets: readonly string[]): (value: string | number) => boolean {
  const forms = new Set(secrets.flatMap(writtenForms));
  if (forms.size === 0) return () => false;
  const pattern = new RegExp([...forms].map(patternOf).join("|"));
  return (value) => pattern.test(String(value));
}

/** A text as it stands in a value, in JSON, and in JSON that is a text in other JSON. */
function writtenForms(text: string): readonly string[] {
  const quoted = JSON.stringify(text).slice(1, -1);
  return [text, quoted, JSON.stringify(quoted).slice(1, -1)];
}

/** A short text counts only where it stands by itself, and one without letters and digits only as the whole value. */
function patternOf(text: string): string {
  const literal = text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
  if (!/[\p{L}\p{N}]/u.test(text)) return `^${literal}$`;
  return text.length < 4 ? `(?<![A-Za-z0-9])${literal}(?![A-Za-z0-9])` : literal;
}
