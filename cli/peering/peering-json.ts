import { invariant } from "../../components/inputs/invariant";
import { plainPlan } from "../formats/json";
import { linksOf } from "./peering-links";
import type { PeeringPlan } from "./peering-plan";

/** The clusters for programs: how they reach each other, and the plan of each. */
export function peeringJson(plan: PeeringPlan): string {
  const { meshId, clusters, links } = linksOf(plan);
  const plain = {
    meshId,
    clusters: clusters.map(({ name, membership, eastWest, direct }, place) => {
      const { clusterName, mode, network } = membership;
      return {
        ...{ name, clusterName, mode, network },
        eastWest: eastWest === undefined ? null : { ...eastWest.loadBalancer, clients: eastWest.clients },
        direct,
        plan: plainPlan(invariant(plan.clusters[place], `the plan of ${name}`).plan),
      };
    }),
    links,
    peering: plainPlan({ mesh: "", resources: plan.peering, outputs: {}, warnings: [] }).resources,
  };
  return `${JSON.stringify(plain, null, 2)}\n`;
}
