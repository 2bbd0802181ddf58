import { invariant } from "../../inputs/invariant";
import { logicalNames } from "../../logical-names";
import type { AwsProviderPlan } from "../../plan/aws-provider";
import type { ClusterFacts } from "../../plan/facts";
import type { IngressSettings } from "../../plan/ingress-settings";
import type { MeshSettings } from "../../plan/settings";

/** Plans one provider for each role with which Route 53 is asked. */
export function planDnsProviders({ ingresses }: MeshSettings, facts: ClusterFacts): readonly AwsProviderPlan[] {
  return ingresses.flatMap((ingress) => {
    const name = dnsProviderOf(ingresses, ingress);
    const roleArn = ingress.dns?.roleArn;
    if (roleArn === undefined || name !== logicalNames.dnsProvider(ingress.name)) return [];
    return [{ name, after: [], roleArn, region: facts.region() }];
  });
}

/** Logical name of the provider of an ingress' zones: it is named after the first ingress with this role. */
export function dnsProviderOf(ingresses: readonly IngressSettings[], { dns }: IngressSettings): string | undefined {
  const roleArn = dns?.roleArn;
  if (roleArn === undefined) return undefined;
  const [name] = ingresses.flatMap((one) => (one.dns?.roleArn === roleArn ? [one.name] : []));
  return logicalNames.dnsProvider(invariant(name, "an ingress with dns.roleArn"));
}
