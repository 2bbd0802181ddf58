import type { ChartKeys } from "../checks/chart-reads";
import type { AtHand } from "./at-hand";

const known = new Map<string, Promise<ChartKeys>>();

/** What a chart reads, found out once. Nobody knows where there is no Go. */
export function keysOfChart({ prover }: Pick<AtHand, "prover">): (folder: string) => Promise<ChartKeys | undefined> {
  if (prover === undefined) return () => Promise.resolve(undefined);
  return (folder) => {
    const found = known.get(folder) ?? prover.ask<ChartKeys>("keys", { chart: folder });
    known.set(folder, found);
    return found;
  };
}
