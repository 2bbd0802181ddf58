import type { Ring } from "./schedule";

/** A cluster of `istio-eks plan --fleet fleet.yaml --format json`. */
export interface Cluster {
  /** Of its stack. */
  readonly name: string;
  /** What its stack file holds below `config`: that of the defaults, of its ring and its own, merged. */
  readonly config: Readonly<Record<string, unknown>>;
  /** None: its configuration has problems. */
  readonly mesh: object | null;
}

/** Reads the plan of a fleet; refuses one with problems before anything is deployed. */
export function readPlannedFleet(json: string): readonly Ring<Cluster>[] {
  const { rings } = JSON.parse(json) as { readonly rings: readonly Ring<Cluster>[] };
  const wrong = rings.flatMap(({ clusters }) => clusters.filter(({ mesh }) => mesh === null));
  if (wrong.length === 0) return rings;
  const names = wrong.map(({ name }) => name).join(", ");
  throw new Error(`${names}: the configuration has problems. istio-eks plan --fleet shows them. Nothing was deployed.`);
}
