import { z } from "zod";
import { factsOf } from "./schema-facts";

/** A member of the arguments, somewhere in the tree. */
export interface FoundMember {
  /** Names from the block where the search began; a map's keys are `<name>`. */
  readonly path: readonly string[];
  readonly schema: z.ZodType;
}

/** The block that a schema describes, without what says that it may be left out. */
export function blockOf(schema: z.ZodType): Readonly<Record<string, z.ZodType>> | undefined {
  const plain = withoutOptional(schema);
  return plain instanceof z.ZodObject ? plain.shape : undefined;
}

/** The members of a block by name; none of what is no block. */
export function membersOf(schema: z.ZodType | undefined): Readonly<Record<string, z.ZodType>> {
  const block = schema === undefined ? undefined : blockOf(schema);
  return block === undefined ? {} : block;
}

/** The schema at a path of the arguments; undefined where they have no such member. */
export function schemaAt(root: z.ZodType, path: readonly PropertyKey[]): z.ZodType | undefined {
  return path.reduce<z.ZodType | undefined>((schema, key) => {
    if (schema === undefined) return undefined;
    const plain = withoutOptional(schema);
    if (plain instanceof z.ZodArray) return plain.element as z.ZodType;
    const block = blockOf(plain);
    return block === undefined ? factsOf(plain)?.values : block[String(key)];
  }, root);
}

/** Every member below a block, those nearest to it first. */
export function membersBelow(schema: z.ZodType | undefined): readonly FoundMember[] {
  if (schema === undefined) return [];
  const found: FoundMember[] = [];
  let level: readonly FoundMember[] = [{ path: [], schema }];
  while (level.length > 0) {
    level = level.flatMap(inside);
    found.push(...level);
  }
  return found.filter(({ path }) => path.at(-1) !== anyName);
}

const anyName = "<name>";

function inside({ path, schema }: FoundMember): readonly FoundMember[] {
  const plain = withoutOptional(schema);
  const members = Object.entries(membersOf(plain));
  const values = plain instanceof z.ZodObject ? undefined : factsOf(plain)?.values;
  return [
    ...members.map(([name, member]) => ({ path: [...path, name], schema: member })),
    ...(values === undefined || blockOf(values) === undefined ? [] : [{ path: [...path, anyName], schema: values }]),
  ];
}

/** The schema itself of what may be left out. */
export function withoutOptional(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodOptional ? withoutOptional(schema.unwrap() as z.ZodType) : schema;
}

/** Words of AWS, Terraform and Kubernetes for members that have another name here. */
const otherNames: Readonly<Record<string, string>> = {
  waf: "webaclarn",
  wafarn: "webaclarn",
  sslpolicy: "policy",
  host: "hostnames",
  hosts: "hostnames",
  domain: "hostnames",
  domains: "hostnames",
  internal: "scheme",
  public: "scheme",
  internetfacing: "scheme",
  repo: "chartrepository",
  repository: "chartrepository",
};

/**
 * Members that have the name of an unknown one, or block and member in one word (`clusterName` for `cluster.name`). Of
 * several, those that take the value.
 */
export function membersNamed(key: string, given: unknown, candidates: readonly FoundMember[]): readonly FoundMember[] {
  return fitting(
    given,
    candidates.filter(({ path }) => isNamed(key.toLowerCase(), path)),
  );
}

/**
 * Members whose form shows that the value is theirs: they take it, and no common word. A list of ranges is one of
 * `allowedCidrs`, whatever it is called. Of several, those whose names begin or end alike.
 */
export function membersTaking(key: string, given: unknown, candidates: readonly FoundMember[]): readonly FoundMember[] {
  const entries: readonly unknown[] = Array.isArray(given) ? given : [given];
  if (entries.length === 0 || entries.some((entry) => typeof entry !== "string")) return [];
  const words = ["x", "?", "word"].map((word) => (Array.isArray(given) ? [word] : word));
  const taking = candidates.filter(
    ({ schema }) => accepts(schema, given) && !words.some((one) => accepts(schema, one)),
  );
  const similar = similarTo(key, taking);
  return similar.length > 0 ? similar : taking;
}

/**
 * Members that an unknown one may stand for: their names begin or end alike, or they are among the few that take the value,
 * such as an ARN.
 */
export function membersSimilar(
  key: string,
  given: unknown,
  candidates: readonly FoundMember[],
): readonly FoundMember[] {
  const similar = similarTo(key, candidates);
  if (similar.length > 0) return fitting(given, similar);
  return typeof given === "string"
    ? candidates.filter((one) => isText(one) && accepts(one.schema, given) && !accepts(one.schema, "?"))
    : [];
}

/** Whether a value has the form that a schema asks for. */
export function accepts(schema: z.ZodType, given: unknown): boolean {
  return schema.safeParse(given).success;
}

function fitting(given: unknown, members: readonly FoundMember[]): readonly FoundMember[] {
  const taking = members.filter(({ schema }) => accepts(schema, given));
  return taking.length > 0 ? taking : members;
}

function similarTo(key: string, members: readonly FoundMember[]): readonly FoundMember[] {
  return members.filter(({ path }) => isSimilar(key.toLowerCase(), String(path.at(-1)).toLowerCase()));
}

function isText({ schema }: FoundMember): boolean {
  return blockOf(schema) === undefined && !(withoutOptional(schema) instanceof z.ZodArray);
}

function isNamed(key: string, path: readonly string[]): boolean {
  const [name = "", block = ""] = [...path].reverse().map((one) => one.toLowerCase());
  return name === key || name === otherNames[key] || `${block}${name}` === key;
}

/** Shorter beginnings and ends say nothing. */
const least = 4;

function isSimilar(key: string, name: string): boolean {
  if (key.length < least || name.length < least) return false;
  return name.startsWith(key) || name.endsWith(key) || key.endsWith(name);
}
