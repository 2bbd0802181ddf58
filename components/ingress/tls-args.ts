import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { certificateArn, tlsPolicy } from "../inputs/aws-id";
import { field } from "../inputs/form";
import { hostname } from "../inputs/hostname";
import { leaf } from "../inputs/leaf";
import { problem, problemIf } from "../inputs/problem";
import { shape } from "../inputs/shape";
import { kubernetesName } from "../inputs/text";
import type { CertificateSource, TlsSettings } from "../plan/ingress-settings";
import type { Resolved } from "../plan/problem";

/**
 * HTTPS for an ingress. TLS ends at the load balancer (one of the three certificates), or in the gateway (`secretName`);
 * with an ALB and `alb.backendProtocol: "HTTPS"` at the first and again at the second.
 */
export interface TlsArgs {
  /** A certificate of AWS Certificate Manager in the load balancer's region. */
  certificateArn?: pulumi.Input<string>;
  /**
   * Look the certificate up by its primary domain: issued, the newest, of any key type. Alternative names are not
   * searched; for a wildcard certificate write the wildcard.
   *
   * @example `"*.example.com"`
   */
  certificateDomain?: string;
  /**
   * Have a certificate issued for the ingress' `hostnames`, proven by DNS records in `dns`' public zone.
   *
   * @remarks Another list of hostnames is another certificate: it is issued first, then the load balancer takes it.
   */
  requestCertificate?: boolean;
  /** Secret with a certificate in the gateway's namespace; TLS then ends in the gateway. */
  secretName?: string;
  /** TLS versions and ciphers of the load balancer. @defaultValue `"ELBSecurityPolicy-TLS13-1-2-2021-06"` */
  policy?: string;
  /** Answer plain HTTP with a redirect to HTTPS. @defaultValue `true` */
  redirectHttp?: boolean;
}

export const tlsShape = shape({
  certificateArn: field(leaf(certificateArn)).optional(),
  certificateDomain: field(hostname).optional(),
  requestCertificate: z.boolean().optional(),
  secretName: field(kubernetesName).optional(),
  policy: field(tlsPolicy).optional(),
  redirectHttp: z.boolean().optional(),
} satisfies Record<keyof TlsArgs, z.ZodType>);

/** What `resolveTls` must know of the ingress around it. */
export interface TlsSurroundings {
  readonly path: string;
  readonly hostnames: readonly string[];
  /** A public zone in which validation records can be made. */
  readonly hasPublicZone: boolean;
}

const sources = ["certificateArn", "certificateDomain", "requestCertificate"] as const;

/** Decides where TLS ends and with which certificate. No block at all: nowhere. */
export function resolveTls(args: TlsArgs | undefined, around: TlsSurroundings): Resolved<TlsSettings> {
  const given = sources.filter((member) => args?.[member] !== undefined && args[member] !== false);
  return {
    settings: {
      certificate: args === undefined ? undefined : certificateSource(args, around.hostnames),
      secretName: args?.secretName,
      policy: args?.policy ?? "ELBSecurityPolicy-TLS13-1-2-2021-06",
      redirectHttp: args !== undefined && (args.redirectHttp ?? true),
    },
    problems: args === undefined ? [] : [...checkSources(args, given, around), ...checkRequest(args, around)],
    warnings: [],
  };
}

function certificateSource(args: TlsArgs, hostnames: readonly string[]): CertificateSource | undefined {
  if (args.certificateArn !== undefined) return { kind: "arn", arn: args.certificateArn };
  if (args.certificateDomain !== undefined) return { kind: "look-up", domain: args.certificateDomain };
  return args.requestCertificate === true ? { kind: "request", domains: hostnames } : undefined;
}

function checkSources(args: TlsArgs, given: readonly string[], { path }: TlsSurroundings) {
  const none = given.length === 0 && args.secretName === undefined;
  return [
    ...problemIf(none, path, {
      given: args,
      allowed: `TLS with a certificate: one of ${sources.join(", ")}, or secretName`,
      remedy: "say which certificate, or remove tls for plain HTTP",
    }),
    ...problemIf(given.length > 1, path, {
      given: given.join(" and "),
      allowed: `only one of ${sources.join(", ")}`,
      remedy: `keep ${String(given[0])} and remove the other${given.length > 2 ? "s" : ""}`,
    }),
    ...problemIf(args.policy !== undefined && given.length === 0 && !none, `${path}.policy`, {
      given: args.policy,
      allowed: "nothing while TLS ends in the gateway: the policy is the load balancer's",
      remedy: "remove policy, or give the load balancer a certificate",
    }),
  ];
}

function checkRequest(args: TlsArgs, { path, hostnames, hasPublicZone }: TlsSurroundings) {
  if (args.requestCertificate !== true) return [];
  const here = `${path}.requestCertificate`;
  return [
    ...(hostnames.length > 0
      ? []
      : [
          problem(here, {
            given: true,
            allowed: "only with hostnames: the certificate is issued for them",
            remedy: "add hostnames to the ingress",
          }),
        ]),
    ...problemIf(!hasPublicZone, here, {
      given: true,
      allowed: "only with dns naming a public zone: ACM reads the proof from it",
      remedy: "add dns with zoneName or zoneId of a public zone, or use certificateArn",
    }),
  ];
}
