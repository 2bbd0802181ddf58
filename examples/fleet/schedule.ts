/** Clusters that are deployed together. */
export interface Ring<Cluster> {
  readonly name: string;
  readonly clusters: readonly Cluster[];
}

/** What became of a cluster: what was done, why it failed, or that it was not tried. */
export type State = "started" | "succeeded" | "failed" | "skipped";

/** Another state of a cluster. */
export interface Change<Cluster> {
  readonly ring: string;
  readonly cluster: Cluster;
  readonly state: State;
  /** What was done, or why it failed. */
  readonly detail: string;
}

export interface Schedule<Cluster> {
  /** Works on one cluster, and returns what was done. */
  readonly run: (cluster: Cluster) => Promise<string>;
  /** So many clusters of a ring at a time. */
  readonly parallel: number;
  /** After a failure no other cluster is started. */
  readonly stopAtFailure: boolean;
  readonly listen: (change: Change<Cluster>) => void;
}

/**
 * Works on the rings one after the other, and on some clusters of a ring at a time. After a failure those that run come to
 * their end; the others, and later rings, are skipped. Returns how many failed.
 */
export async function runRings<Cluster>(rings: readonly Ring<Cluster>[], schedule: Schedule<Cluster>): Promise<number> {
  let failed = 0;
  for (const ring of rings) {
    const waiting = [...ring.clusters];
    const work = async () => {
      for (let cluster = waiting.shift(); cluster !== undefined; cluster = waiting.shift()) {
        if (failed > 0 && schedule.stopAtFailure)
          schedule.listen({ ring: ring.name, cluster, state: "skipped", detail: "a cluster before it failed" });
        else if (!(await succeeds(ring.name, cluster, schedule))) failed += 1;
      }
    };
    await Promise.all(Array.from({ length: schedule.parallel }, work));
  }
  return failed;
}

async function succeeds<Cluster>(ring: string, cluster: Cluster, { run, listen }: Schedule<Cluster>): Promise<boolean> {
  listen({ ring, cluster, state: "started", detail: "" });
  try {
    listen({ ring, cluster, state: "succeeded", detail: await run(cluster) });
    return true;
  } catch (error) {
    listen({ ring, cluster, state: "failed", detail: error instanceof Error ? error.message : String(error) });
    return false;
  }
}
