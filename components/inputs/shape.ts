import { z } from "zod";
import type { Problem } from "../plan/problem";
import { closest } from "./suggestions/closest";
import { display } from "./display";
import { type Form, textForm } from "./form";
import { isDeferred } from "./input-value";
import { type Path, pathText, valueAt } from "./path";
import {
  accepts,
  membersOf,
  type FoundMember,
  membersBelow,
  membersNamed,
  membersSimilar,
  membersTaking,
  schemaAt,
} from "./suggestions/member-search";
import { withFacts } from "./suggestions/schema-facts";
import { typeSuggestion } from "./suggestions/type-suggestion";

/** An object whose members are all known by name. An unknown one is a problem of its own. */
export function shape<Members extends z.core.$ZodShape>(members: Members) {
  return z.strictObject(members);
}

/** Names that a map takes without a form of its own. zod passes over `__proto__`, so that its value would go unchecked. */
const anyName: Form = textForm("any name but __proto__", (given) =>
  given === "__proto__" ? "give it another name" : undefined,
);

/** A map of names to values. `name` is the form of the names. */
export function mapOf(value: z.ZodType, name: Form = anyName) {
  const map = z.record(z.string(), value);
  const schema = z.unknown().superRefine((given, context) => {
    const { error = { issues: [] } } = map.safeParse(given);
    context.issues.push(...(error.issues as z.core.$ZodRawIssue[]));
    if (typeof given !== "object" || given === null || Array.isArray(given)) return;
    for (const key of Object.keys(given)) {
      const form = [anyName, name].find(({ check }) => check(key) !== undefined);
      if (form === undefined) continue;
      const params = { suggestion: form.check(key), given: key };
      context.addIssue({ code: "custom", path: [key], message: form.allowed, params });
    }
  });
  return withFacts(schema, { values: value });
}

/** Checks what can be checked of a value without knowing what it is for: names of members, types, forms. */
export function checkShape(schema: z.ZodType, value: unknown): { readonly problems: readonly Problem[] } {
  const { error: { issues: found } = { issues: [] } } = schema.safeParse(value);
  const deferred = deferredBlocks(found, value);
  const issues = found.filter((issue) => deferredBlock(issue, value) === undefined);
  const args: Args = { schema, root: value };
  return {
    problems: [
      ...deferred.map((block) => wrongType(block, "object", args)),
      ...issues.flatMap((issue) => problemsOf(issue, args)),
    ],
  };
}

/** Arguments, and what is known of their form. */
interface Args {
  readonly schema: z.ZodType;
  readonly root: unknown;
}

/** The block around an issue that is an Output, of whose insides nobody wrote anything. */
function deferredBlock(issue: z.core.$ZodIssue, root: unknown): Path | undefined {
  const inside = issue.code === "unrecognized_keys" ? [...issue.path, ""] : issue.path;
  return inside.map((_, depth) => inside.slice(0, depth)).find((path) => isDeferred(valueAt(root, path)));
}

function deferredBlocks(issues: readonly z.core.$ZodIssue[], root: unknown): readonly Path[] {
  const blocks = issues.flatMap((issue) => {
    const block = deferredBlock(issue, root);
    return block === undefined ? [] : [[pathText(block), block] as const];
  });
  return [...new Map(blocks).values()];
}

function problemsOf(issue: z.core.$ZodIssue, args: Args): Problem[] {
  const path = pathText(issue.path);
  const given = valueAt(args.root, issue.path);
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => unknownKey([...issue.path], key, args));
    case "invalid_type":
      return [wrongType(issue.path, issue.expected, args)];
    default:
      return [{ path, given: givenIn(issue, given), allowed: issue.message, suggestion: suggestionOf(issue) }];
  }
}

function unknownKey(block: Path, key: string, args: Args): Problem {
  const path = pathText([...block, key]);
  const given = valueAt(args.root, [...block, key]);
  const here = schemaAt(args.schema, block);
  const members = Object.keys(membersOf(here));
  const near = spelledAlike(key, given, here);
  return {
    path,
    given: display(given, path),
    allowed: `one of ${members.join(", ")}`,
    suggestion:
      near !== undefined ? `did you mean "${near}"?` : unknownSuggestion(key, given, { here, root: args.schema }),
  };
}

/** The member of a block that is written nearly so; of several with such a beginning, the one that takes the value. */
function spelledAlike(key: string, given: unknown, here: z.ZodType | undefined): string | undefined {
  const members = membersOf(here);
  const near = closest(key, Object.keys(members));
  const fitting = Object.entries(members).filter(([name, schema]) => name.startsWith(key) && accepts(schema, given));
  return near === undefined || fitting.length !== 1 ? near : fitting[0]?.[0];
}

interface Searched {
  readonly here: z.ZodType | undefined;
  readonly root: z.ZodType;
}

/** Where the member that is meant lives: in a block below, or anywhere. */
function unknownSuggestion(key: string, given: unknown, { here, root }: Searched): string {
  const below = membersBelow(here);
  const named = nearest(membersNamed(key, given, below));
  if (isRegion(key) && !named.some(({ path }) => path.length < 3)) return regionSuggestion;
  if (named.length > 0) return `did you mean ${wordsOf(named)}?`;
  const taking = nearest(membersTaking(key, given, below));
  if (taking.length > 0) return `did you mean ${wordsOf(taking)}?`;
  const elsewhere = nearest(membersNamed(key, given, membersBelow(root)).filter(isOnce));
  if (elsewhere.length > 0) {
    return `there is no such member here; from the top of the arguments there is ${wordsOf(elsewhere)}`;
  }
  const similar = nearest(membersSimilar(key, given, below));
  return similar.length > 0 ? `did you mean ${wordsOf(similar)}?` : `remove "${key}": there is no such member`;
}

/** Nearly every block of AWS' tools has a region; here only a workspace of Amazon Managed Prometheus may be in another one. */
const isRegion = (key: string) => /^(aws)?region$/i.test(key);
const regionSuggestion = "remove it here; the region is aws:region in the stack's configuration";

const wordsOf = (members: readonly FoundMember[]) => members.map(({ path }) => `"${path.join(".")}"`).join(" or ");

/** Those that are the fewest blocks away, and not more than one can read. */
function nearest(members: readonly FoundMember[]): readonly FoundMember[] {
  const depth = Math.min(...members.map(({ path }) => path.length));
  return members.filter(({ path }) => path.length === depth).slice(0, 3);
}

/** The same member in a map says nothing more. */
function isOnce({ path }: FoundMember): boolean {
  return !path.some((name) => name.startsWith("<"));
}

const typeNames: Readonly<Record<string, string>> = {
  object: "a block of members",
  record: "a map of names to values",
  array: "a list",
  boolean: "true or false",
};

function wrongType(path: Path, expected: string, { schema, root }: Args): Problem {
  const given = valueAt(root, path);
  const allowed = typeNames[expected] === undefined ? expected : typeNames[expected];
  const at = schemaAt(schema, path);
  const text = pathText(path);
  return {
    path: text,
    given: display(given, text),
    allowed,
    suggestion: typeSuggestion(given, { expected, allowed, schema: at }),
  };
}

/** What is wrong: the name of the member, which the path shows anyway, or its value. */
function givenIn(issue: z.core.$ZodIssue, value: unknown): string {
  const name: unknown = "params" in issue ? issue.params?.["given"] : undefined;
  return name === undefined ? display(value, pathText(issue.path)) : display(name);
}

function suggestionOf(issue: z.core.$ZodIssue): string {
  return "params" in issue ? String(issue.params?.["suggestion"]) : `write ${issue.message}`;
}
