import type * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { webAclArn } from "../../../inputs/aws/aws-id";
import { choice } from "../../../inputs/choice";
import { field, type Form } from "../../../inputs/form";
import { inputValue } from "../../../inputs/input-value";
import { wholeNumber } from "../../../inputs/number";
import { problem, problemIf, problemWith } from "../../../inputs/problem";
import { shape } from "../../../inputs/shape";
import { bucketName, ingressGroupName, loadBalancerName } from "../../../inputs/text";
import type { AlbSettings, LoadBalancerName, TlsSettings } from "../../../plan/ingress-settings";
import type { Problem, Resolved } from "../../../plan/problem";
import type { ClusterSettings } from "../../../plan/settings";
import { AlbBackendProtocol } from "../../../plan/enums";
import type { EarlierIngress } from "../strategy";
import { backendProtocolVersion } from "./alb-annotations";

/** What only an Application Load Balancer has. */
export interface AlbArgs {
  /**
   * ARN of a regional WAFv2 web ACL.
   *
   * @example `"arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/edge/0a1b2c3d-0000-4000-8000-0123456789ab"`
   */
  webAclArn?: pulumi.Input<string>;
  /**
   * Requests of one client address in any 5 minutes, 10 to 2000000000, before AWS WAF answers with 429. The mesh makes a web ACL
   * with this one rule, which AWS charges for. Not beside `webAclArn`: there the rule belongs into that web ACL.
   *
   * `0` takes an earlier limit away: the controller removes the web ACL from the ALB only on request, so that AWS would not
   * delete it. The member may be removed in the next step.
   *
   * @defaultValue no limit
   * @remarks Changing it changes the web ACL in place. AWS counts with a delay of some seconds.
   * @example `2000`
   */
  rateLimitPer5Minutes?: number;
  /** Name in AWS, at most 32 characters; fixed once made. @defaultValue `<cluster>-<ingress>` @example `"shop-public"` */
  name?: string;
  /**
   * Share one ALB with Ingresses of other programs: all members have this group name.
   *
   * @remarks Adding or changing it makes a new ALB. The ALB goes with its last member, so destroy waits for nobody else.
   * @example `"edge"`
   */
  groupName?: string;
  /** Seconds until an idle connection is closed, 1 to 4000. @defaultValue AWS's, 60 @example `120` */
  idleTimeoutSeconds?: number;
  /** S3 bucket for access logs; it must already let Elastic Load Balancing write. @example `"shop-alb-logs"` */
  accessLogsBucket?: string;
  /**
   * How the ALB talks to the gateway. `HTTPS` needs `tls.secretName` as well; the ALB sends no server name, so the
   * gateway answers every host on that port.
   *
   * @defaultValue `"HTTP"`
   * @example `"HTTPS"`
   */
  backendProtocol?: AlbBackendProtocol;
}

/** Source: https://docs.aws.amazon.com/waf/latest/APIReference/API_RateBasedStatement.html */
const limit = wholeNumber(10, 2_000_000_000);
const wafRateLimit: Form = {
  allowed: `${limit.allowed}; 0 for none`,
  check: (given) => (given === 0 ? undefined : limit.check(given)),
};

export const albShape = shape({
  webAclArn: field(inputValue(webAclArn)).optional(),
  rateLimitPer5Minutes: field(wafRateLimit).optional(),
  name: field(loadBalancerName).optional(),
  groupName: field(ingressGroupName).optional(),
  idleTimeoutSeconds: field(wholeNumber(1, 4000)).optional(),
  accessLogsBucket: field(bucketName).optional(),
  backendProtocol: field(choice(AlbBackendProtocol)).optional(),
} satisfies Record<keyof AlbArgs, z.ZodType>);

/** What the ALB's rules must know of the ingress around it. */
export interface AlbContext {
  readonly path: string;
  readonly ingress: string;
  readonly cluster: ClusterSettings;
  readonly tls: TlsSettings;
  readonly subnets: number;
  readonly annotations: Readonly<Record<string, string>>;
  /** Proxies before the ALB. */
  readonly trustedProxies: number;
}

/** Fills in the defaults and checks what only an ALB can get wrong. */
export function resolveAlb(args: AlbArgs, context: AlbContext): Resolved<AlbSettings> {
  const settings: AlbSettings = {
    kind: "alb",
    name: nameOf(args, context.ingress),
    webAclArn: args.webAclArn,
    rateLimitPer5Minutes: args.rateLimitPer5Minutes,
    groupName: args.groupName,
    idleTimeoutSeconds: args.idleTimeoutSeconds,
    accessLogsBucket: args.accessLogsBucket,
    backendProtocol: args.backendProtocol ?? AlbBackendProtocol.Http,
  };
  return {
    settings,
    problems: [
      ...checkName(settings.name, context),
      ...checkBackend(settings, context),
      ...checkBackendVersion(context),
      ...checkSubnets(context),
      ...checkRateLimit(settings, context),
    ],
    warnings: warnOfGroup(settings, context),
  };
}

function warnOfGroup({ groupName }: AlbSettings, { path }: AlbContext): readonly string[] {
  if (groupName === undefined) return [];
  return [
    `${path}.alb.groupName: the ALB lives as long as any member of the group; destroy can finish only when ` +
      `the members of other programs are gone.`,
  ];
}

/** The members of a group must agree on the ALB's name. */
function nameOf({ name, groupName }: AlbArgs, ingress: string): LoadBalancerName {
  return name === undefined ? { afterCluster: groupName ?? ingress } : { exactly: name };
}

function checkName(name: LoadBalancerName, { path, cluster }: AlbContext) {
  if ("exactly" in name || cluster.source.kind !== "named" || typeof cluster.source.name !== "string") return [];
  // That no cluster is named is a problem of the cluster.
  if (cluster.source.name === "") return [];
  const full = `${cluster.source.name}-${name.afterCluster}`;
  return problemWith(loadBalancerName.check(full), `${path}.alb.name`, (suggestion) => ({
    given: full,
    allowed: loadBalancerName.allowed,
    suggestion: `set alb.name: the default, <cluster>-<ingress>, cannot be used; ${suggestion}`,
  }));
}

function checkBackend({ backendProtocol }: AlbSettings, { path, tls }: AlbContext) {
  const https = backendProtocol === AlbBackendProtocol.Https;
  return [
    ...problemIf(https && tls.secretName === undefined, `${path}.alb.backendProtocol`, {
      given: backendProtocol,
      allowed: '"HTTPS" only with tls.secretName: the gateway needs a certificate too',
      suggestion: 'add tls.secretName, or write "HTTP"',
    }),
    ...problemIf(!https && tls.secretName !== undefined, `${path}.tls.secretName`, {
      given: tls.secretName,
      allowed: 'nothing while alb.backendProtocol is "HTTP": an ALB cannot pass TLS through to the gateway',
      suggestion: 'end TLS at the ALB with a certificate, or also write alb.backendProtocol: "HTTPS"',
    }),
    ...problemIf(https && tls.secretName !== undefined && tls.certificate === undefined, `${path}.tls`, {
      given: { secretName: tls.secretName },
      allowed: "a certificate for the ALB besides: it cannot pass TLS through",
      suggestion: "add certificateArn, certificateDomain or requestCertificate",
    }),
  ];
}

/**
 * A target group of gRPC wants gRPC's own answer of its health check, which is the gateway's status port here. HTTP/2 takes
 * gRPC through as well. Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-group-protocol-version
 */
function checkBackendVersion({ path, tls, annotations }: AlbContext) {
  const given = annotations[backendProtocolVersion];
  const here = `${path}.annotations[${JSON.stringify(backendProtocolVersion)}]`;
  if (given === undefined || given === "HTTP1") return [];
  if (given !== "HTTP2") {
    const grpc =
      given === "GRPC" ? "; the gateway's health check does not speak gRPC, and HTTP2 takes gRPC through" : "";
    return [problem(here, { given, allowed: `"HTTP1" or "HTTP2"${grpc}`, suggestion: 'write "HTTP2"' })];
  }
  return problemIf(tls.certificate === undefined || !tls.redirectHttp, here, {
    given,
    allowed: '"HTTP2" only where every request comes by HTTPS: AWS forwards none of an HTTP listener to HTTP/2 targets',
    suggestion: "give the load balancer a certificate in tls, without redirectHttp: false",
  });
}

function checkRateLimit(
  { webAclArn: given, rateLimitPer5Minutes: limited }: AlbSettings,
  { path, trustedProxies }: AlbContext,
) {
  return [
    ...problemIf(limited !== undefined && given !== undefined, `${path}.alb.rateLimitPer5Minutes`, {
      given: limited,
      allowed: "nothing beside webAclArn: an ALB has one web ACL",
      suggestion: "remove one of the two, and write a rate-based rule in that web ACL",
    }),
    ...problemIf(limited !== undefined && limited > 0 && trustedProxies > 0, `${path}.alb.rateLimitPer5Minutes`, {
      given: limited,
      allowed: "nothing with trustedProxies: AWS WAF would count the requests of a proxy, and not those of a client",
      suggestion: "remove it, and limit requests at the proxy, such as with a web ACL of CloudFront",
    }),
  ];
}

/** Members of a group share one ALB, and with it one security group: two ingresses of a mesh cannot. */
export function checkGroups(
  { groupName: given }: AlbSettings,
  { name, settings }: EarlierIngress<AlbSettings>,
  path: string,
): readonly Problem[] {
  return problemIf(given !== undefined && given === settings.groupName, `${path}.alb.groupName`, {
    given,
    allowed: `a group of its own: "${name}" is in this one, with another security group`,
    suggestion: "serve both sets of hostnames with one ingress, or remove the group",
  });
}

function checkSubnets({ path, subnets }: AlbContext) {
  return problemIf(subnets === 1, `${path}.subnetIds`, {
    given: "1 subnet",
    allowed: "none, or at least two in different zones: AWS wants that of an ALB",
    suggestion: "name a subnet of another zone too",
  });
}
