import type { Problem } from "../../components/plan/problem";
import type { FleetCluster } from "./fleet-file";

/** What a cluster has. */
export interface PlannedCluster {
  readonly cluster: FleetCluster;
  readonly problems: readonly Problem[];
  readonly warnings: readonly string[];
  /** None: its arguments have problems. */
  readonly mesh: MeshSummary | undefined;
}

export interface MeshSummary {
  /** Mode and version. */
  readonly title: string;
  readonly resources: number;
  /** How many resources of each kind there are. */
  readonly kinds: Readonly<Record<string, number>>;
  readonly loadBalancers: readonly string[];
}
