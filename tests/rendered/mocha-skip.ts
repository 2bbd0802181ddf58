import type { Context } from "mocha";

/** Leaves a test out, and says why in its title: a tier that lacks a part is skipped, never passed. */
export function skip(context: Context, why: string): never {
  if (context.test !== undefined) context.test.title += ` (${why})`;
  return context.skip();
}
