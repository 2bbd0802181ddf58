import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { eipAllocationId } from "../../../inputs/aws/aws-id";
import { choice } from "../../../inputs/choice";
import { field } from "../../../inputs/form";
import { inputValue } from "../../../inputs/input-value";
import { problemIf } from "../../../inputs/problem";
import { mapOf, shape } from "../../../inputs/shape";
import { loadBalancerName, portName } from "../../../inputs/text";
import type { NlbSettings, TlsSettings } from "../../../plan/ingress-settings";
import type { Resolved } from "../../../plan/problem";
import { NlbTargetType, Scheme } from "../../../plan/enums";
import { checkNlbPorts, type NlbPortArgs, nlbPortShape, resolveNlbPorts } from "./nlb-port-args";

/** What only a Network Load Balancer has. */
export interface NlbArgs {
  /**
   * Spread clients over the targets of all zones, not only the zone they came in by.
   *
   * @defaultValue `true`
   * @example `false`
   */
  crossZone?: boolean;
  /** `ip`: straight to the gateway's pods. `instance`: to node ports. @defaultValue `"ip"` @example `"instance"` */
  targetType?: NlbTargetType;
  /**
   * Send the client's address in PROXY protocol v2; the gateway is configured to read it. The health check is then a plain TCP
   * one, since the gateway answers 400 to HTTP behind a PROXY header.
   *
   * @defaultValue `false`
   * @example `true`
   */
  proxyProtocol?: boolean;
  /**
   * Keep the client's address as the source of packets. With `targetType: "instance"`, `true` also has nodes forward to
   * pods of their own only (`externalTrafficPolicy: Local`): a node in between would replace the address by its own.
   *
   * @defaultValue AWS's: off with `ip`; on with `instance`, where the next node replaces it
   * @remarks What applications see of the client in each case: docs/client-address.md.
   * @example `true`
   */
  preserveClientIp?: boolean;
  /**
   * Elastic IPs, one per subnet; only internet-facing.
   *
   * @example `["eipalloc-0123456789abcdef0", "eipalloc-0123456789abcdef1"]`
   */
  eipAllocationIds?: pulumi.Input<string>[];
  /** End TLS at the load balancer. @defaultValue `true` when a certificate is given @example `false` */
  terminateTls?: boolean;
  /** Name in AWS; fixed once made. @defaultValue given by the controller @example `"shop-public"` */
  name?: string;
  /**
   * Further listeners beside 80 and 443, by name: at most 15 lower-case letters, digits and hyphens.
   *
   * @remarks Adding or removing one changes the load balancer in place.
   * @example `{ "tls-kafka": { port: 9094, protocol: "TLS" } }`
   */
  ports?: { [name: string]: NlbPortArgs };
}

export const nlbShape = shape({
  crossZone: z.boolean().optional(),
  targetType: field(choice(NlbTargetType)).optional(),
  proxyProtocol: z.boolean().optional(),
  preserveClientIp: z.boolean().optional(),
  eipAllocationIds: z.array(field(inputValue(eipAllocationId))).optional(),
  terminateTls: z.boolean().optional(),
  name: field(loadBalancerName).optional(),
  ports: mapOf(nlbPortShape, portName).optional(),
} satisfies Record<keyof NlbArgs, z.ZodType>);

/** What the NLB's rules must know of the ingress around it. */
export interface NlbContext {
  readonly path: string;
  readonly scheme: Scheme;
  readonly tls: TlsSettings;
  readonly subnets: number;
}

/** Fills in the defaults and checks what only an NLB can get wrong. */
export function resolveNlb(args: NlbArgs, context: NlbContext): Resolved<NlbSettings> {
  const settings: NlbSettings = {
    kind: "nlb",
    crossZone: args.crossZone ?? true,
    targetType: args.targetType ?? NlbTargetType.Ip,
    proxyProtocol: args.proxyProtocol ?? false,
    preserveClientIp: args.preserveClientIp,
    eipAllocationIds: args.eipAllocationIds ?? [],
    name: args.name,
    ports: resolveNlbPorts(args.ports ?? {}),
  };
  return {
    settings,
    problems: [
      ...checkTermination(args, context),
      ...checkAddresses(settings, context),
      ...checkNlbPorts(settings.ports, context),
    ],
    warnings: warnOfUnansweredPort(context),
  };
}

function checkTermination(args: NlbArgs, { path, tls }: NlbContext) {
  const certificate = tls.certificate !== undefined;
  return [
    ...problemIf(args.terminateTls === true && !certificate, `${path}.nlb.terminateTls`, {
      given: true,
      allowed: "true only with a certificate for the load balancer",
      suggestion: "add tls with certificateArn, certificateDomain or requestCertificate",
    }),
    ...problemIf(args.terminateTls === false && certificate, `${path}.nlb.terminateTls`, {
      given: false,
      allowed: "true, or nothing: the certificate in tls is the load balancer's",
      suggestion: "remove terminateTls, or use tls.secretName to end TLS in the gateway",
    }),
    ...problemIf(certificate && tls.secretName !== undefined, `${path}.tls.secretName`, {
      given: tls.secretName,
      allowed: "either secretName or a certificate: an NLB that ends TLS talks plainly to the gateway",
      suggestion: "keep one of the two",
    }),
  ];
}

function checkAddresses({ eipAllocationIds }: NlbSettings, { path, scheme, subnets }: NlbContext) {
  const count = eipAllocationIds.length;
  return [
    ...problemIf(count > 0 && scheme === Scheme.Internal, `${path}.nlb.eipAllocationIds`, {
      given: eipAllocationIds,
      allowed: 'Elastic IPs with scheme "internet-facing" only',
      suggestion: 'write scheme: "internet-facing", or remove them',
    }),
    ...problemIf(count > 0 && subnets !== count, `${path}.nlb.eipAllocationIds`, {
      given: eipAllocationIds,
      allowed: `one for each of subnetIds, of which there ${subnets === 1 ? "is 1" : `are ${subnets}`}`,
      suggestion: "name as many subnets as Elastic IPs",
    }),
  ];
}

function warnOfUnansweredPort({ path, tls }: NlbContext): readonly string[] {
  if (tls.certificate !== undefined || tls.secretName !== undefined) return [];
  return [
    `${path}: port 443 is passed through to the gateway, where nothing answers until tls.secretName names a certificate ` +
      `or a Gateway of your own listens on 443.`,
  ];
}
