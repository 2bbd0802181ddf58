import { logicalNames } from "../../logical-names";
import type { AliasRecordPlan } from "../../plan/dns-record";
import type { DnsSettings, IngressSettings } from "../../plan/ingress-settings";
import type { InputValue } from "../../plan/input-value";
import { IpAddressType } from "../../plan/enums";

/** Where the load balancer of an ingress is, and in which zone its names live. */
export interface RecordFacts {
  readonly zoneId: InputValue;
  readonly target: { readonly hostname: InputValue; readonly zoneId: InputValue };
  /** The gateway: a name should not lead anywhere before it answers. */
  readonly after: readonly string[];
  /** Logical name of the provider that may write there; undefined: the default one. */
  readonly provider?: string | undefined;
  /** Ingresses before this one. */
  readonly earlier: readonly IngressSettings[];
}

/**
 * Plans the records that point the hostnames at the load balancer.
 *
 * A record belongs to its hostname and to no ingress: one that moves to another ingress is led there in place. As another
 * resource it would be made while the old one is there, which Route 53 refuses.
 */
export function planRecords(
  ingress: IngressSettings,
  dns: DnsSettings,
  facts: RecordFacts,
): readonly AliasRecordPlan[] {
  if (!dns.createRecords) return [];
  return ingress.hostnames.flatMap((hostname) =>
    recordTypes(ingress).map((type) => ({
      name: logicalNames.aliasRecord(type, hostname, scopeOf(ingress, hostname, facts.earlier)),
      after: facts.after,
      ...(facts.provider === undefined ? {} : { provider: facts.provider }),
      type,
      hostname,
      zoneId: facts.zoneId,
      target: facts.target,
      evaluateTargetHealth: dns.evaluateTargetHealth,
    })),
  );
}

/** Of the load balancer's addresses those that somebody may connect to. */
function recordTypes({ ipAddressType, clients }: IngressSettings): readonly AliasRecordPlan["type"][] {
  if (ipAddressType === IpAddressType.Ipv4) return ["A"];
  const only = (family: "ipv4" | "ipv6") => clients.every(({ kind }) => kind === family);
  return [...(only("ipv6") ? [] : ["A" as const]), ...(only("ipv4") ? [] : ["AAAA" as const])];
}

/** Tells records of one hostname apart: it may be in a public zone and in a private one, or in zones that only ids tell. */
function scopeOf(ingress: IngressSettings, hostname: string, earlier: readonly IngressSettings[]): string {
  const reach = reachOf(ingress);
  const taken = earlier.some((one) => makesRecordOf(one, hostname) && reachOf(one) === reach);
  return taken ? `${reach}@${ingress.name}` : reach;
}

function reachOf({ dns }: IngressSettings): "private" | "" {
  return dns?.zone.kind === "look-up" && dns.zone.privateZone ? "private" : "";
}

function makesRecordOf({ dns, hostnames }: IngressSettings, hostname: string): boolean {
  return dns?.createRecords === true && hostnames.includes(hostname);
}
