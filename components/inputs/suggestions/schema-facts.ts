import type { z } from "zod";

/** What a schema is known to hold, beyond what zod can be asked for. */
export interface SchemaFacts {
  /** The value names a resource or chooses which exist. */
  readonly isPublic?: true;
  /** The schema of every value of a map. */
  readonly values?: z.ZodType;
}

const facts = new WeakMap<object, SchemaFacts>();

/** Remembers what a schema holds. */
export function withFacts(schema: z.ZodType, known: SchemaFacts): z.ZodType {
  facts.set(schema, known);
  return schema;
}

export function factsOf(schema: z.ZodType): SchemaFacts | undefined {
  return facts.get(schema);
}
