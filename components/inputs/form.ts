import { z } from "zod";
import { withFacts } from "./suggestions/schema-facts";

/** Why a value does not have the form, and what to write in its place. Nothing if it has. */
export type ValidationResult = string | undefined;

/** What may be written in one field: what is allowed, as a text, and a check that returns the suggestion. */
export interface Form {
  readonly allowed: string;
  readonly check: (given: unknown) => ValidationResult;
  /** The value names a resource or chooses which exist: it is in resource names, so that it cannot be kept secret. */
  readonly isPublic?: true;
}

/** A form of texts; anything but a text gets the same answer. */
export function textForm(allowed: string, check: (given: string) => ValidationResult): Form {
  return {
    allowed,
    check: (given) => {
      if (typeof given === "string") return check(given);
      if (given === null) return "give it a value, or remove the line";
      return isRead(given) ? readSuggestion(String(given), check) : `write ${allowed}`;
    },
  };
}

/** Words that YAML reads as a boolean. Source: https://yaml.org/type/bool.html */
const booleanWords: Readonly<Record<string, readonly string[]>> = {
  true: ["true", "on", "yes"],
  false: ["false", "off", "no"],
};

/** Whether YAML may have read a text as this value. */
function isRead(given: unknown): given is number | boolean {
  return typeof given === "number" || typeof given === "boolean";
}

/** What to write in place of a number or a boolean: the text that YAML read as one, if the form takes it. */
function readSuggestion(text: string, check: (given: string) => ValidationResult): ValidationResult {
  const words = booleanWords[text];
  const taken = (words === undefined ? [text] : words).find((word) => check(word) === undefined);
  return taken === undefined ? check(text) : `put it in quotes: "${taken}"`;
}

/** The same form for values that name a resource or choose which exist. */
export function publicForm(form: Form): Form {
  return { ...form, isPublic: true };
}

/** A form of texts that a regular expression describes. */
export function patternForm(allowed: string, pattern: RegExp): Form {
  return textForm(allowed, (given) => (pattern.test(given) ? undefined : `write ${allowed}`));
}

/** The zod schema of a field. The allowed values and the suggestion travel in zod's issue (see shape.ts). */
export function field(form: Form): z.ZodType {
  const schema = z.unknown().superRefine((given, context) => {
    const suggestion = form.check(given);
    if (suggestion !== undefined) context.addIssue({ code: "custom", message: form.allowed, params: { suggestion } });
  });
  return form.isPublic === true ? withFacts(schema, { isPublic: true }) : schema;
}
