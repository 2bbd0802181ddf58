/** Signals by which a terminal, a CI system or a shell ends a program. */
const signals = ["SIGHUP", "SIGINT", "SIGTERM"] as const;

/**
 * Runs `clean` when this process ends, also by a signal, which then ends it as if nobody had listened.
 *
 * Returns what to call once there is nothing left to clean.
 */
export function onExit(clean: () => void): () => void {
  const forget = () => {
    process.off("exit", clean);
    for (const signal of signals) process.off(signal, end);
  };
  const end = (signal: NodeJS.Signals) => {
    forget();
    clean();
    process.kill(process.pid, signal);
  };
  process.on("exit", clean);
  for (const signal of signals) process.on(signal, end);
  return forget;
}
