/** What is done again and again. */
export interface Repeated {
  readonly look: () => Promise<void>;
  /** Is told of a look that failed, unless it failed while everything was being stopped. */
  readonly report: (error: unknown) => void;
  /** Milliseconds between two looks. */
  readonly interval: number;
}

/** Ends it, after the look that goes on. */
export type Stop = () => Promise<void>;

/** What to stop where nothing was started. */
export const nothingToStop: Stop = async () => Promise.resolve();

/** Looks, reports what went wrong, waits, and looks again, until it is stopped. */
export function untilStopped({ look, report, interval }: Repeated): Stop {
  let stopped = false;
  const done = (async () => {
    while (!stopped) {
      await look().catch((error: unknown) => {
        if (!stopped) report(error);
      });
      await new Promise((resolve) => setTimeout(resolve, interval));
    }
  })();
  return async () => {
    stopped = true;
    await done;
  };
}
