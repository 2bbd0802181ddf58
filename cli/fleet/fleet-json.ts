import type { FleetPlan } from "./fleet-plan";
import type { PlannedCluster } from "./planned-cluster";

/** The fleet for programs: rings and clusters in their order, each with the configuration of its stack. */
export function fleetJson({ file, rings }: FleetPlan): string {
  const plain = {
    file,
    rings: rings.map(({ name, clusters }) => ({ name, clusters: clusters.map(clusterOf) })),
  };
  return `${JSON.stringify(plain, null, 2)}\n`;
}

function clusterOf({ cluster, mesh, problems, warnings }: PlannedCluster) {
  const { name, place, config, differences } = cluster;
  return {
    ...{ name, place, config },
    differences: differences.map(({ path, was = null, is = null }) => ({ path, defaults: was, cluster: is })),
    ...{ mesh: mesh === undefined ? null : mesh, problems, warnings },
  };
}
