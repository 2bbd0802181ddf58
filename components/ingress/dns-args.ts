import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { hostedZoneId } from "../inputs/aws-id";
import { field } from "../inputs/form";
import { domainName, liesIn } from "../inputs/hostname";
import { leaf } from "../inputs/leaf";
import { problemIf } from "../inputs/problem";
import { shape } from "../inputs/shape";
import type { DnsSettings, HostedZoneSource } from "../plan/ingress-settings";
import type { Problem, Resolved } from "../plan/problem";

/** Records in Amazon Route 53 that point the ingress' hostnames at its load balancer. */
export interface DnsArgs {
  /** The hosted zone, looked up by name; also checks that every hostname lies in it. @example `"example.com"` */
  zoneName?: string;
  /** Id of the hosted zone; then nothing is looked up. */
  zoneId?: pulumi.Input<string>;
  /** Look for a private zone. @defaultValue `false` */
  privateZone?: boolean;
  /** `false`: the zone serves only to prove a requested certificate, and someone else makes the records. @defaultValue `true` */
  createRecords?: boolean;
  /** Answer only while the load balancer has healthy targets. @defaultValue `true` */
  evaluateTargetHealth?: boolean;
}

export const dnsShape = shape({
  zoneName: field(domainName).optional(),
  zoneId: field(leaf(hostedZoneId)).optional(),
  privateZone: z.boolean().optional(),
  createRecords: z.boolean().optional(),
  evaluateTargetHealth: z.boolean().optional(),
} satisfies Record<keyof DnsArgs, z.ZodType>);

/** Decides which zone, and whether records are made. No block: none. */
export function resolveDns(
  args: DnsArgs | undefined,
  { path, hostnames }: { readonly path: string; readonly hostnames: readonly string[] },
): Resolved<DnsSettings | undefined> {
  if (args === undefined) return { settings: undefined, problems: [], warnings: [] };
  const createRecords = args.createRecords ?? true;
  return {
    settings: { zone: zoneSource(args), createRecords, evaluateTargetHealth: args.evaluateTargetHealth ?? true },
    problems: [
      ...problemIf(args.zoneName === undefined && args.zoneId === undefined, `${path}.dns`, {
        given: args,
        allowed: "a hosted zone: zoneName or zoneId",
        remedy: 'say which zone: zoneName: "example.com"',
      }),
      ...problemIf(createRecords && hostnames.length === 0, `${path}.dns`, {
        given: args,
        allowed: "records for hostnames, of which there are none",
        remedy: "add hostnames to the ingress, or remove dns",
      }),
      ...outside(args.zoneName, hostnames, path),
    ],
    warnings: [],
  };
}

function zoneSource(args: DnsArgs): HostedZoneSource {
  return args.zoneId === undefined
    ? { kind: "look-up", name: args.zoneName ?? "", privateZone: args.privateZone ?? false }
    : { kind: "id", id: args.zoneId };
}

function outside(zone: string | undefined, hostnames: readonly string[], path: string): readonly Problem[] {
  if (zone === undefined) return [];
  return hostnames.flatMap((host, index) =>
    problemIf(!liesIn(zone, host), `${path}.hostnames[${index}]`, {
      given: host,
      allowed: `${zone} and names below it, the zone of dns.zoneName`,
      remedy: "correct the hostname or the zone",
    }),
  );
}
