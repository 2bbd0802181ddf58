import { getHostedZoneIdOutput } from "@pulumi/aws/lb/getHostedZoneId";
import { getZoneOutput } from "@pulumi/aws/route53/getZone";
import type * as pulumi from "@pulumi/pulumi";
import type { LoadBalancerType, LookupPlan } from "../plan/facts";
import type { Leaf } from "../plan/leaf";
import { tellIfSlow } from "./slow-answers";

/** Asks Route 53 for the zones in which hostnames live. */
export function lookUpHostedZones(
  { zones }: LookupPlan,
  options: pulumi.InvokeOptions,
): Readonly<Record<string, Leaf>> {
  return Object.fromEntries(
    Object.entries(zones).map(([ingress, { name, privateZone }]) => [
      ingress,
      tellIfSlow(getZoneOutput({ name, privateZone }, options), { what: `the zone ${name}`, question: name, options })
        .zoneId,
    ]),
  );
}

/** Asks for the zones that AWS keeps for its load balancers in this region; alias records point into them. */
export function lookUpLoadBalancerZones(
  { loadBalancerTypes }: LookupPlan,
  options: pulumi.InvokeOptions,
): Readonly<Partial<Record<LoadBalancerType, Leaf>>> {
  return Object.fromEntries(
    loadBalancerTypes.map((type) => [type, getHostedZoneIdOutput({ loadBalancerType: type }, options).id]),
  );
}
