import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { hostedZoneId, roleArn } from "../../inputs/aws/aws-id";
import { field } from "../../inputs/form";
import { domainName, liesIn } from "../../inputs/network/hostname";
import { inputValue } from "../../inputs/input-value";
import { problemIf } from "../../inputs/problem";
import { shape } from "../../inputs/shape";
import type { DnsSettings, HostedZoneSource } from "../../plan/ingress-settings";
import type { Problem, Resolved } from "../../plan/problem";

/** Records in Amazon Route 53 that point the ingress' hostnames at its load balancer. */
export interface DnsArgs {
  /** The hosted zone, looked up by name; also checks that every hostname lies in it. @example `"example.com"` */
  zoneName?: string;
  /**
   * Id of the hosted zone; then nothing is looked up.
   *
   * @remarks With `tls.requestCertificate` it must be a public zone, or `privateZone: true` with a `validationZoneName`: ACM
   * reads the validation record from the internet only, and `pulumi up` would wait for it until it gives up after 75 minutes.
   * @example `"Z0123456789ABCDEFGHIJ"`
   */
  zoneId?: pulumi.Input<string>;
  /** Look for a private zone. @defaultValue `false` @example `true` */
  privateZone?: boolean;
  /**
   * The public zone in which a requested certificate is validated, looked up by name, where the records are in a private zone:
   * ACM reads validation records from the internet only.
   *
   * @defaultValue the zone of the records
   * @remarks Changing it makes the validation records anew in the other zone; the certificate stays.
   * @example `"example.com"`
   */
  validationZoneName?: string;
  /** Id of that zone; then nothing is looked up. @example `"Z0123456789ABCDEFGHIJ"` */
  validationZoneId?: pulumi.Input<string>;
  /**
   * IAM role with which zones are looked up and records are written, for zones of another account. Certificate and load
   * balancer stay in the stack's account. The identity that runs Pulumi, from the stack's configuration (`aws:profile`,
   * `aws:assumeRoles`) or the environment, must be allowed to assume it.
   *
   * @defaultValue none: the identity of the stack's AWS provider
   * @remarks Changing it replaces nothing. A stack's AWS provider that is passed in `opts.providers` is not asked for its
   * credentials.
   * @example `"arn:aws:iam::210987654321:role/dns-writer"`
   */
  roleArn?: pulumi.Input<string>;
  /**
   * `false`: the zone serves only to validate a requested certificate, and someone else makes the records.
   *
   * @defaultValue `true`
   * @example `false`
   */
  createRecords?: boolean;
  /** Answer only while the load balancer has healthy targets. @defaultValue `true` @example `false` */
  evaluateTargetHealth?: boolean;
}

export const dnsShape = shape({
  zoneName: field(domainName).optional(),
  zoneId: field(inputValue(hostedZoneId)).optional(),
  privateZone: z.boolean().optional(),
  validationZoneName: field(domainName).optional(),
  validationZoneId: field(inputValue(hostedZoneId)).optional(),
  roleArn: field(inputValue(roleArn)).optional(),
  createRecords: z.boolean().optional(),
  evaluateTargetHealth: z.boolean().optional(),
} satisfies Record<keyof DnsArgs, z.ZodType>);

/** What `resolveDns` must know of the ingress. */
export interface DnsContext {
  readonly path: string;
  readonly hostnames: readonly string[];
  /** A certificate is requested, and validated by DNS records. */
  readonly requestsCertificate: boolean;
}

/** Decides which zone, and whether records are made. No block: none. */
export function resolveDns(args: DnsArgs | undefined, context: DnsContext): Resolved<DnsSettings | undefined> {
  if (args === undefined) return { settings: undefined, problems: [], warnings: [] };
  const { path, hostnames } = context;
  const createRecords = args.createRecords ?? true;
  return {
    settings: {
      zone: zoneSource(args),
      validationZone: validationZoneSource(args),
      createRecords,
      evaluateTargetHealth: args.evaluateTargetHealth ?? true,
      roleArn: args.roleArn,
    },
    problems: [
      ...problemIf(args.zoneName === undefined && args.zoneId === undefined, `${path}.dns`, {
        given: args,
        allowed: "a hosted zone: zoneName or zoneId",
        suggestion: 'set the zone: zoneName: "example.com"',
      }),
      ...problemIf(createRecords && hostnames.length === 0, `${path}.dns`, {
        given: args,
        allowed: "records for hostnames, of which there are none",
        suggestion: "add hostnames to the ingress, or remove dns",
      }),
      ...outside("zoneName", args, context),
      ...outside("validationZoneName", args, context),
      ...checkValidationZone(args, context),
    ],
    warnings: [],
  };
}

function zoneSource(args: DnsArgs): HostedZoneSource {
  return args.zoneId === undefined
    ? { kind: "look-up", name: args.zoneName ?? "", privateZone: args.privateZone ?? false }
    : { kind: "id", id: args.zoneId };
}

/** A zone that validates certificates is public: ACM sees no other. */
function validationZoneSource({ validationZoneName, validationZoneId }: DnsArgs): HostedZoneSource | undefined {
  if (validationZoneId !== undefined) return { kind: "id", id: validationZoneId };
  return validationZoneName === undefined
    ? undefined
    : { kind: "look-up", name: validationZoneName, privateZone: false };
}

/** Whether `dns` names a public zone, in which ACM finds the validation record of a certificate. */
export function hasPublicZone(args: DnsArgs | undefined): boolean {
  if (args === undefined) return false;
  return args.privateZone !== true || validationZoneSource(args) !== undefined;
}

function checkValidationZone(args: DnsArgs, { path, requestsCertificate }: DnsContext): readonly Problem[] {
  return (["validationZoneName", "validationZoneId"] as const).flatMap((member) =>
    problemIf(args[member] !== undefined && !requestsCertificate, `${path}.dns.${member}`, {
      given: args[member],
      allowed: "nothing while no certificate is requested: only its validation record is written there",
      suggestion: "remove it, or set tls.requestCertificate: true",
    }),
  );
}

function outside(
  member: "zoneName" | "validationZoneName",
  args: DnsArgs,
  { path, hostnames }: DnsContext,
): readonly Problem[] {
  const zone = args[member];
  if (zone === undefined) return [];
  return hostnames.flatMap((host, index) =>
    problemIf(!liesIn(zone, host), `${path}.hostnames[${index}]`, {
      given: host,
      allowed: `${zone} and names below it, the zone of dns.${member}`,
      suggestion: "correct the hostname or the zone",
    }),
  );
}
