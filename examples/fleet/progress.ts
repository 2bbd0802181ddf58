import type { Change } from "./schedule";

/** Writes one line for each state of a cluster: how many are done, ring, cluster, state, seconds, what was done. */
export function progress(names: readonly string[], now: () => number): (change: Change<{ name: string }>) => string {
  const width = Math.max(...names.map((name) => name.length));
  const started = new Map<string, number>();
  let [done, failed] = [0, 0];
  return ({ ring, cluster: { name }, state, detail }) => {
    const since = started.get(name);
    if (state === "started") started.set(name, now());
    else done += 1;
    if (state === "failed") failed += 1;
    const counts = `[${String(done).padStart(String(names.length).length)}/${names.length}${failed > 0 ? `, ${failed} failed` : ""}]`;
    const seconds = since === undefined ? [] : [`${Math.round((now() - since) / 1000)} s`];
    // Pulumi's errors have many lines, which the log of the cluster holds.
    const [line = ""] = detail.split("\n").filter((one) => one.trim() !== "");
    return [counts, ring, name.padEnd(width), [state, ...seconds].join(" "), line].join("  ").trimEnd();
  };
}
