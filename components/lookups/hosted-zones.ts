import { getHostedZoneIdOutput } from "@pulumi/aws/lb/getHostedZoneId";
import { getZoneOutput } from "@pulumi/aws/route53/getZone";
import type * as pulumi from "@pulumi/pulumi";
import type { LoadBalancerType, LookupPlan } from "../plan/facts";
import type { InputValue } from "../plan/input-value";
import { reportIfSlow } from "./slow-answers";

/** Providers by logical name. */
export type Providers = Readonly<Record<string, pulumi.ProviderResource>>;

/** Asks Route 53 for zones, by ingress. */
export function lookUpHostedZones(
  zones: LookupPlan["zones"],
  options: pulumi.InvokeOptions,
  providers: Providers = {},
): Readonly<Record<string, InputValue>> {
  return Object.fromEntries(
    Object.entries(zones).map(([ingress, { name, privateZone, provider }]) => {
      const asking = provider === undefined ? undefined : providers[provider];
      const through = asking === undefined ? options : { ...options, provider: asking };
      const answer = getZoneOutput({ name, privateZone }, through);
      return [ingress, reportIfSlow(answer, { what: `the zone ${name}`, question: name, options }).zoneId];
    }),
  );
}

/** Asks for the zones that AWS keeps for its load balancers in this region; alias records point into them. */
export function lookUpLoadBalancerZones(
  { loadBalancerTypes }: LookupPlan,
  options: pulumi.InvokeOptions,
): Readonly<Partial<Record<LoadBalancerType, InputValue>>> {
  return Object.fromEntries(
    loadBalancerTypes.map((type) => [type, getHostedZoneIdOutput({ loadBalancerType: type }, options).id]),
  );
}
