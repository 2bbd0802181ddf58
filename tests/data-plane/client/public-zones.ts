import { ListHostedZonesCommand, ListResourceRecordSetsCommand, type Route53Client } from "@aws-sdk/client-route-53";

/** A record that leads to a load balancer. */
export interface Alias {
  readonly hostname: string;
  /** The DNS name of the load balancer. */
  readonly target: string;
}

/** The aliases that a resolver on the internet finds. */
export async function publicAliases(route53: Route53Client): Promise<readonly Alias[]> {
  const { HostedZones = [] } = await route53.send(new ListHostedZonesCommand({}));
  const found: Alias[] = [];
  for (const { Id, Config } of HostedZones) {
    if (Config?.PrivateZone === true) continue;
    const { ResourceRecordSets = [] } = await route53.send(new ListResourceRecordSetsCommand({ HostedZoneId: Id }));
    for (const { Name = "", AliasTarget } of ResourceRecordSets) {
      if (AliasTarget?.DNSName === undefined) continue;
      found.push({ hostname: Name.replace(/\.$/, ""), target: AliasTarget.DNSName });
    }
  }
  return found;
}
