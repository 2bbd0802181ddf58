import { z } from "zod";
import type { Problem } from "../plan/problem";
import { closest } from "./closest";
import { display } from "./display";
import { isLate } from "./leaf";
import { type Path, pathText, valueAt } from "./path";
import { withFacts } from "./schema-facts";

/** An object whose members are all known by name. An unknown one is a problem of its own. */
export function shape<Members extends z.core.$ZodShape>(members: Members) {
  const known: KnownMembers = { members: Object.keys(members), below: membersBelow(members) };
  return z.strictObject(members, {
    error: (issue) => (issue.code === "unrecognized_keys" ? JSON.stringify(known) : undefined),
  });
}

/** The members of a block, and those of the blocks in it by the name of the block. */
interface KnownMembers {
  readonly members: readonly string[];
  readonly below: Readonly<Record<string, readonly string[]>>;
}

function membersBelow(members: z.core.$ZodShape): KnownMembers["below"] {
  const blocks = Object.entries(members).flatMap(([name, schema]) => {
    const inner = schema instanceof z.ZodOptional ? schema.unwrap() : schema;
    return inner instanceof z.ZodObject ? [[name, Object.keys(inner.shape)] as const] : [];
  });
  return Object.fromEntries(blocks);
}

/**
 * A map of names to values. The name `__proto__` is refused: zod passes over it, so that its value would go unchecked.
 */
export function mapOf(value: z.ZodType) {
  const map = z.record(z.string(), value);
  const schema = z.unknown().superRefine((given, context) => {
    const { error = { issues: [] } } = map.safeParse(given);
    context.issues.push(...(error.issues as z.core.$ZodRawIssue[]));
    if (typeof given !== "object" || given === null || !Object.hasOwn(given, "__proto__")) return;
    const remedy = "give it another name";
    context.addIssue({ code: "custom", path: ["__proto__"], message: "any name but __proto__", params: { remedy } });
  });
  return withFacts(schema, { values: value });
}

/** Checks what can be checked of a value without knowing what it is for: names of members, types, forms. */
export function checkShape(schema: z.ZodType, value: unknown): { readonly problems: readonly Problem[] } {
  const { error: { issues: found } = { issues: [] } } = schema.safeParse(value);
  const late = lateBlocks(found, value);
  const issues = found.filter((issue) => lateBlock(issue, value) === undefined);
  return {
    problems: [
      ...late.map((block) => wrongType(pathText(block), valueAt(value, block), "object")),
      ...issues.flatMap((issue) => problemsOf(issue, value)),
    ],
  };
}

/** The block around an issue that is an Output, of whose insides nobody wrote anything. */
function lateBlock(issue: z.core.$ZodIssue, root: unknown): Path | undefined {
  const inside = issue.code === "unrecognized_keys" ? [...issue.path, ""] : issue.path;
  return inside.map((_, depth) => inside.slice(0, depth)).find((path) => isLate(valueAt(root, path)));
}

function lateBlocks(issues: readonly z.core.$ZodIssue[], root: unknown): readonly Path[] {
  const blocks = issues.flatMap((issue) => {
    const block = lateBlock(issue, root);
    return block === undefined ? [] : [[pathText(block), block] as const];
  });
  return [...new Map(blocks).values()];
}

function problemsOf(issue: z.core.$ZodIssue, root: unknown): Problem[] {
  const path = pathText(issue.path);
  const given = valueAt(root, issue.path);
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => unknownKey([...issue.path, key], JSON.parse(issue.message) as KnownMembers, root));
    case "invalid_type":
      return [wrongType(path, given, issue.expected)];
    default:
      return [{ path, given: display(given, path), allowed: issue.message, remedy: remedyOf(issue) }];
  }
}

function unknownKey(path: readonly PropertyKey[], known: KnownMembers, root: unknown): Problem {
  const key = String(path[path.length - 1]);
  return {
    path: pathText(path),
    given: display(valueAt(root, path), pathText(path)),
    allowed: `one of ${known.members.join(", ")}`,
    remedy: unknownRemedy(key, known),
  };
}

/** Else the member of this name in a block below is meant. */
function unknownRemedy(key: string, { members, below }: KnownMembers): string {
  const near = closest(key, members);
  if (near !== undefined) return `did you mean "${near}"?`;
  const blocks = Object.keys(below).filter((block) => below[block]?.includes(key));
  if (blocks.length === 0) return `remove "${key}": there is no such member`;
  return `did you mean ${blocks.map((block) => `"${block}.${key}"`).join(" or ")}?`;
}

const typeNames: Readonly<Record<string, string>> = {
  object: "a block of members",
  record: "a map of names to values",
  array: "a list",
  boolean: "true or false",
};

function wrongType(path: string, given: unknown, expected: string): Problem {
  const allowed = typeNames[expected] === undefined ? expected : typeNames[expected];
  return { path, given: display(given, path), allowed, remedy: typeRemedy(given, expected, allowed) };
}

function typeRemedy(given: unknown, expected: string, allowed: string): string {
  if (given === null) return "give it a value, or remove the line";
  if (expected === "boolean" && (given === "true" || given === "false")) return `write ${given} without quotes`;
  if (expected === "array" && typeof given === "string") return `write [${JSON.stringify(given)}]`;
  return `write ${allowed}`;
}

function remedyOf(issue: z.core.$ZodIssue): string {
  return "params" in issue ? String(issue.params?.["remedy"]) : `write ${issue.message}`;
}
