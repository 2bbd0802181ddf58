/**
 * Runs something without stack traces. Pulumi takes one for every promise it makes, and to find the lines of TypeScript in
 * them takes four fifths of a recording's time. What fails in there tells its message only; to see where, let this
 * function call `run` alone.
 */
export async function withoutStacks<Result>(run: () => Promise<Result>): Promise<Result> {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return await run();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
