import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { certificateArn, regionOfArn, tlsPolicy } from "../../inputs/aws/aws-id";
import { field } from "../../inputs/form";
import { hostname, isInCertificate } from "../../inputs/network/hostname";
import { inputValue } from "../../inputs/input-value";
import { problem, problemIf } from "../../inputs/problem";
import { shape } from "../../inputs/shape";
import { subdomainName } from "../../inputs/text";
import type { CertificateSource, TlsSettings } from "../../plan/ingress-settings";
import type { Problem, Resolved } from "../../plan/problem";

/**
 * HTTPS for an ingress. TLS ends at the load balancer (one of the three certificates), or in the gateway (`secretName`);
 * with an ALB and `alb.backendProtocol: "HTTPS"` at the first and again at the second.
 */
export interface TlsArgs {
  /**
   * A certificate of AWS Certificate Manager in the load balancer's region.
   *
   * @example `"arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d-0000-4000-8000-0123456789ab"`
   */
  certificateArn?: pulumi.Input<string>;
  /**
   * Look the certificate up by its primary domain: issued, the newest, of any key type. Alternative names are not
   * searched; for a wildcard certificate write the wildcard.
   *
   * @example `"*.example.com"`
   */
  certificateDomain?: string;
  /**
   * Have a certificate issued for the ingress' `hostnames`, validated by DNS records in `dns`' public zone, or in
   * `dns.validationZoneName` where the records are private.
   *
   * @remarks Another list of hostnames is another certificate: it is issued first, then the load balancer takes it.
   * @example `true`
   */
  requestCertificate?: boolean;
  /**
   * More certificates of AWS Certificate Manager in the load balancer's region, beside the first, which is the default one.
   * The load balancer takes the one that covers the name that the client asks for (SNI).
   *
   * @remarks AWS allows 25 beside the default one by default.
   * @defaultValue `[]`
   * @example `["arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d-0000-4000-8000-0123456789ab"]`
   */
  certificateArns?: pulumi.Input<string>[];
  /** Secret with a certificate in the gateway's namespace; TLS then ends in the gateway. @example `"shop-tls"` */
  secretName?: string;
  /**
   * TLS versions and ciphers of the load balancer.
   *
   * @defaultValue `"ELBSecurityPolicy-TLS13-1-2-2021-06"`
   * @example `"ELBSecurityPolicy-TLS13-1-3-2021-06"`
   */
  policy?: string;
  /** Answer plain HTTP with a redirect to HTTPS. @defaultValue `true` @example `false` */
  redirectHttp?: boolean;
}

export const tlsShape = shape({
  certificateArn: field(inputValue(certificateArn)).optional(),
  certificateDomain: field(hostname).optional(),
  requestCertificate: z.boolean().optional(),
  certificateArns: z.array(field(inputValue(certificateArn))).optional(),
  secretName: field(subdomainName).optional(),
  policy: field(tlsPolicy).optional(),
  redirectHttp: z.boolean().optional(),
} satisfies Record<keyof TlsArgs, z.ZodType>);

/** What `resolveTls` must know of the ingress around it. */
export interface TlsContext {
  readonly path: string;
  readonly hostnames: readonly string[];
  /** A public zone in which validation records can be made. */
  readonly hasPublicZone: boolean;
}

const sources = ["certificateArn", "certificateDomain", "requestCertificate"] as const;

/** Decides where TLS ends and with which certificate. No block at all: nowhere. */
export function resolveTls(args: TlsArgs | undefined, context: TlsContext): Resolved<TlsSettings> {
  const given = sources.filter((member) => args?.[member] !== undefined && args[member] !== false);
  return {
    settings: {
      certificate: args === undefined ? undefined : certificateSource(args, context.hostnames),
      moreCertificates: args?.certificateArns ?? [],
      secretName: args?.secretName,
      policy: args?.policy ?? "ELBSecurityPolicy-TLS13-1-2-2021-06",
      redirectHttp: args !== undefined && (args.redirectHttp ?? true),
    },
    problems:
      args === undefined
        ? []
        : [...checkSources(args, given, context), ...checkRequest(args, context), ...checkMore(args, given, context)],
    warnings: args === undefined ? [] : [...warnOfNames(args, context), ...warnOfMany(args, context)],
  };
}

function certificateSource(args: TlsArgs, hostnames: readonly string[]): CertificateSource | undefined {
  if (args.certificateArn !== undefined) return { kind: "arn", arn: args.certificateArn };
  if (args.certificateDomain !== undefined) return { kind: "look-up", domain: args.certificateDomain };
  return args.requestCertificate === true ? { kind: "request", domains: hostnames } : undefined;
}

function checkSources(args: TlsArgs, given: readonly string[], { path }: TlsContext) {
  const none = given.length === 0 && args.secretName === undefined;
  return [
    ...problemIf(none, path, {
      given: args,
      allowed: `TLS with a certificate: one of ${sources.join(", ")}, or secretName`,
      suggestion: "set a certificate, or remove tls for plain HTTP",
    }),
    ...problemIf(given.length > 1, path, {
      given: given.join(" and "),
      allowed: `only one of ${sources.join(", ")}`,
      suggestion: `keep ${String(given[0])} and remove the other${given.length > 2 ? "s" : ""}`,
    }),
    ...problemIf(args.policy !== undefined && given.length === 0 && !none, `${path}.policy`, {
      given: args.policy,
      allowed: "nothing while TLS ends in the gateway: the policy is the load balancer's",
      suggestion: "remove policy, or give the load balancer a certificate",
    }),
  ];
}

function checkRequest(args: TlsArgs, { path, hostnames, hasPublicZone }: TlsContext) {
  if (args.requestCertificate !== true) return [];
  const here = `${path}.requestCertificate`;
  return [
    ...(hostnames.length > 0
      ? []
      : [
          problem(here, {
            given: true,
            allowed: "only with hostnames: the certificate is issued for them",
            suggestion: "add hostnames to the ingress",
          }),
        ]),
    ...problemIf(!hasPublicZone, here, {
      given: true,
      allowed: "only with dns naming a public zone: ACM reads the validation record from it",
      suggestion:
        "add dns with zoneName or zoneId of a public zone, beside a private one dns.validationZoneName; or use certificateArn",
    }),
    ...checkLimits(hostnames, here),
  ];
}

/** Source: https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html */
const longestFirstName = 64;
const mostNames = 100;
/** Source: https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html */
const namesByDefault = 10;

function checkLimits(hostnames: readonly string[], here: string): readonly Problem[] {
  const [first = ""] = hostnames;
  const short = hostnames.find((name) => name.length <= longestFirstName);
  return [
    ...problemIf(first.length > longestFirstName, here, {
      given: first,
      allowed: `a first hostname of at most ${longestFirstName} characters: it becomes the certificate's common name`,
      suggestion: short === undefined ? "add a shorter hostname as the first" : `write ${short} as the first hostname`,
    }),
    ...problemIf(hostnames.length > mostNames, here, {
      given: `${hostnames.length} hostnames`,
      allowed: `at most ${mostNames} names in a certificate of ACM`,
      suggestion: "use wildcards, or several ingresses",
    }),
  ];
}

/** More certificates come after a first one, of the same region: the load balancer's. */
function checkMore(args: TlsArgs, given: readonly string[], { path }: TlsContext): readonly Problem[] {
  const here = `${path}.certificateArns`;
  const more = args.certificateArns ?? [];
  const known = [args.certificateArn, ...more].flatMap((arn) => (typeof arn === "string" ? [arn] : []));
  const regions = [...new Set(known.map(regionOfArn))];
  return [
    ...problemIf(more.length > 0 && given.length === 0, here, {
      given: more,
      allowed: "more certificates beside the load balancer's first one",
      suggestion: `add the first: one of ${sources.join(", ")}`,
    }),
    ...problemIf(more.length > 0 && regions.length > 1, here, {
      given: regions.join(" and "),
      allowed: "certificates of one region, the load balancer's",
      suggestion: "name certificates of that region; ACM can issue or import the same names there",
    }),
    ...more.flatMap((arn, index) =>
      problemIf([args.certificateArn, ...more.slice(0, index)].includes(arn), `${here}[${index}]`, {
        given: arn,
        allowed: "each certificate once",
        suggestion: "remove it: the same certificate stands before it",
      }),
    ),
  ];
}

/** Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html */
const certificatesByDefault = 25;

function warnOfMany({ certificateArns, requestCertificate }: TlsArgs, { path, hostnames }: TlsContext) {
  const [more, names] = [(certificateArns ?? []).length, hostnames.length];
  return [
    ...(more > certificatesByDefault
      ? [
          `${path}.certificateArns: they are ${more}; AWS allows ${certificatesByDefault} beside the default one by default.`,
        ]
      : []),
    ...(requestCertificate === true && names > namesByDefault
      ? [`${path}.requestCertificate: the certificate has ${names} names; ACM allows ${namesByDefault} by default.`]
      : []),
  ];
}

/** Of a certificate that is looked up only the primary domain is known, and of others nothing. */
function warnOfNames({ certificateDomain, certificateArns }: TlsArgs, { path, hostnames }: TlsContext) {
  if (certificateDomain === undefined || certificateArns !== undefined) return [];
  const others = hostnames.filter((host) => !isInCertificate(certificateDomain, host));
  if (others.length === 0) return [];
  return [
    `${path}.certificateDomain: ${certificateDomain} does not cover ${others.join(", ")}; browsers warn unless the ` +
      `certificate has them as alternative names. A wildcard stands for one label; \`istio-eks check\` reads the names.`,
  ];
}
