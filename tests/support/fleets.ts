import { type Fleet, type FleetCluster, readFleet } from "../../cli/fleet/fleet-file";
import { type FleetPlan, type FleetPlanOptions, planFleet } from "../../cli/fleet/fleet-plan";

/** A fleet in which each cluster is in a way of its own beside the defaults. */
export const fleetYaml = `defaults:
  config:
    aws:region: eu-central-1
    istio-mesh:mesh:
      mode: ambient
      ingress:
        strategy: nlb
        scheme: internal
        allowedCidrs: [10.0.0.0/8, 10.1.0.0/16]
rings:
  - name: canary
    config:
      istio-mesh:mesh:
        istio: { version: 1.30.4 }
  - name: production
clusters:
  canary-1:
    ring: canary
  eu-1: { ring: production }
  eu-2: { ring: production }
  us-1:
    ring: production
    config:
      aws:region: us-east-1
      istio-mesh:mesh:
        cluster: { name: prod-us }
        ingress:
          strategy: alb
          allowedCidrs: [192.168.0.0/16]
`;

export function clusterOf(fleet: Fleet, name: string): FleetCluster {
  const found = fleet.rings.flatMap(({ clusters }) => clusters).find((one) => one.name === name);
  if (found === undefined) throw new Error(`no cluster ${name}`);
  return found;
}

export function plannedFleet(text: string, options: Partial<FleetPlanOptions> = {}): Promise<FleetPlan> {
  return planFleet(readFleet(text, "fleet.yaml"), { all: false, region: undefined, ...options });
}

let planned: Promise<FleetPlan> | undefined;

/** The plan of the fleet above, planned once. */
export function wholeFleet(): Promise<FleetPlan> {
  planned ??= plannedFleet(fleetYaml);
  return planned;
}
