import { meshKey } from "../stack/stack-file";
import type { PlannedCluster } from "./planned-cluster";

/** Clusters that are alike. */
export interface Group {
  readonly first: PlannedCluster;
  readonly clusters: readonly PlannedCluster[];
}

/**
 * Puts clusters of a ring together that have as many resources of each kind, the same mode and version, and that differ
 * from the defaults in the same members; their values may differ. `all` keeps each alone.
 */
export function alike(clusters: readonly PlannedCluster[], all: boolean): readonly Group[] {
  const groups = new Map<string, { readonly first: PlannedCluster; readonly clusters: PlannedCluster[] }>();
  for (const one of clusters) {
    const key = all ? one.cluster.name : keyOf(one);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { first: one, clusters: [one] });
    else group.clusters.push(one);
  }
  return [...groups.values()];
}

function keyOf({ cluster, mesh, problems }: PlannedCluster): string {
  const differing = cluster.differences.map(({ path }) => path);
  return JSON.stringify([mesh, differing.sort(), problems.map(({ path, given }) => [path, given])]);
}

/** A member in which clusters of a group differ from the defaults. */
export interface Difference {
  readonly path: string;
  readonly was: unknown;
  /** Each value, with the clusters that have it. */
  readonly values: readonly { readonly is: unknown; readonly clusters: readonly string[] }[];
}

/** The members in which clusters that are alike differ from the defaults. */
export function differencesOf({ first, clusters }: Group): readonly Difference[] {
  return first.cluster.differences.map(({ path, was }) => ({
    path: path.startsWith(mesh) ? path.slice(mesh.length) : path,
    ...{ was, values: valuesAt(path, clusters) },
  }));
}

const mesh = `${meshKey}.`;

function valuesAt(path: string, clusters: readonly PlannedCluster[]): Difference["values"] {
  const values = new Map<string, { readonly is: unknown; readonly clusters: string[] }>();
  for (const { cluster } of clusters) {
    for (const { is } of cluster.differences.filter((one) => one.path === path)) {
      const key = is === undefined ? "" : JSON.stringify(is);
      const known = values.get(key);
      if (known === undefined) values.set(key, { is, clusters: [cluster.name] });
      else known.clusters.push(cluster.name);
    }
  }
  return [...values.values()];
}
