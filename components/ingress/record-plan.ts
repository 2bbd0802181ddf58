import { logicalNames } from "../logical-names";
import type { AliasRecordPlan } from "../plan/dns-record";
import type { DnsSettings, IngressSettings } from "../plan/ingress-settings";
import type { Leaf } from "../plan/leaf";
import { IpAddressType } from "../plan/words";

/** Where the load balancer of an ingress is, and in which zone its names live. */
export interface RecordFacts {
  readonly zoneId: Leaf;
  readonly target: { readonly hostname: Leaf; readonly zoneId: Leaf };
  /** The gateway: a name should not lead anywhere before it answers. */
  readonly after: readonly string[];
}

/** Plans the records that point the hostnames at the load balancer. */
export function planRecords(
  ingress: IngressSettings,
  dns: DnsSettings,
  facts: RecordFacts,
): readonly AliasRecordPlan[] {
  if (!dns.createRecords) return [];
  const types = ingress.ipAddressType === IpAddressType.Dualstack ? (["A", "AAAA"] as const) : (["A"] as const);
  return ingress.hostnames.flatMap((hostname) =>
    types.map((type) => ({
      name: logicalNames.aliasRecord(ingress.name, hostname, type),
      after: facts.after,
      type,
      hostname,
      zoneId: facts.zoneId,
      target: facts.target,
      evaluateTargetHealth: dns.evaluateTargetHealth,
    })),
  );
}
