import type { WaitOptions } from "./resource-kind";

/** What every error of the AWS SDK has. */
export function codeOf(error: unknown): string {
  return error instanceof Error ? error.name : "";
}

export interface RetryOptions {
  readonly waitOptions: WaitOptions;
  readonly defaultSeconds: number;
  /** Codes that say: not yet. */
  readonly codes: readonly string[];
}

/** Milliseconds between two tries. The real provider's pauses grow to ten seconds. */
const pause = 500;

/** Tries again as long as AWS says "not yet", until the time is over. */
export async function retry<Result>(work: () => Promise<Result>, options: RetryOptions): Promise<Result> {
  const { waitOptions, defaultSeconds, codes } = options;
  const deadline = Date.now() + (waitOptions.seconds ?? defaultSeconds) * 1000;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!codes.includes(codeOf(error)) || Date.now() > deadline || waitOptions.isCancelled()) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

/** Undefined where AWS says that there is no such thing. */
export async function unlessGone<Result>(
  work: Promise<Result>,
  isGone: (code: string) => boolean,
): Promise<Result | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isGone(codeOf(error))) return undefined;
    throw error;
  }
}
