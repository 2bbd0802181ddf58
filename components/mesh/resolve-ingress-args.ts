import type { IngressArgs } from "../ingress-args";
import { resolveRateLimit } from "../gateways/rate-limit-args";
import { resolveAlb } from "../ingress/alb/alb-args";
import {
  albAnnotationRules,
  albAttributes,
  albOwnedAttributes,
  albOwnedTargetGroupAttributes,
  albTargetGroupAttributes,
} from "../ingress/alb/alb-annotations";
import { checkAnnotations, type AnnotationRules } from "../ingress/annotations-check";
import { checkAttributes, warnOfDeletionProtection } from "../ingress/attributes";
import { resolveAddressType } from "../ingress/address-type-args";
import { resolveClients } from "../ingress/clients-args";
import { hasPublicZone, resolveDns } from "../ingress/dns-args";
import { checkExternalDns } from "../ingress/external-dns";
import { resolveHealthCheck } from "../ingress/health-check-args";
import { resolveNlb } from "../ingress/nlb/nlb-args";
import {
  nlbAnnotationRules,
  nlbAttributes,
  nlbOwnedAttributes,
  nlbOwnedTargetGroupAttributes,
  nlbTargetGroupAttributes,
} from "../ingress/nlb/nlb-annotations";
import { resolveTls } from "../ingress/tls-args";
import { duplicates } from "../inputs/list";
import { problemIf } from "../inputs/problem";
import { resolveRoutes } from "../routes/resolve-routes-args";
import type { AlbSettings, IngressSettings, NlbSettings, TlsSettings } from "../plan/ingress-settings";
import type { Problem, Resolved } from "../plan/problem";
import type { ClusterSettings } from "../plan/settings";
import { IngressStrategy, type LoadBalancerController, NlbTargetType, Scheme } from "../plan/enums";

/** What one ingress must know of the mesh around it. */
export interface IngressContext {
  readonly name: string;
  /** `ingress` or `additionalIngresses.<name>`. */
  readonly path: string;
  readonly cluster: ClusterSettings;
  readonly controller: LoadBalancerController;
  /** The ingress whose gateway serves this one, and the one whose Service it uses. */
  readonly gateway: string;
  readonly service: string;
}

/** Fills in the defaults of one ingress and checks it by itself. */
export function resolveIngress(args: IngressArgs, context: IngressContext): Resolved<IngressSettings> {
  const { name, path, gateway, service } = context;
  const hostnames = args.hostnames ?? [];
  const requestsCertificate = args.tls?.requestCertificate === true;
  const dns = resolveDns(args.dns, { path, hostnames, requestsCertificate });
  const tls = resolveTls(args.tls, { path: `${path}.tls`, hostnames, hasPublicZone: hasPublicZone(args.dns) });
  const healthCheck = resolveHealthCheck(args.healthCheck ?? {}, {
    path: `${path}.healthCheck`,
    strategy: args.strategy,
  });
  const strategy = resolveStrategy(args, tls.settings, context);
  const routes = resolveRoutes(args.routes ?? [], { path, hostnames, encrypted: isEncrypted(tls.settings) });
  const addressType = addressTypeOf(args, context);
  const ipAddressType = addressType.settings;
  const clients = resolveClients({ ...args, ipAddressType }, { path, listeners: listenersOf(args, tls.settings) });
  const rateLimit = resolveRateLimitOf(args, context);
  const parts = [dns, tls, healthCheck, strategy, addressType, routes, rateLimit];
  return {
    settings: {
      ...{ name, gateway, service },
      strategy: strategy.settings,
      scheme: args.scheme ?? Scheme.Internal,
      ipAddressType,
      hostnames,
      dns: dns.settings,
      ...{ tls: tls.settings, clients: clients.settings },
      subnetIds: subnetsOf(args, context),
      healthCheck: healthCheck.settings,
      annotations: args.annotations ?? {},
      ...{ routes: routes.settings, rateLimit: rateLimit.settings },
    },
    problems: [
      ...parts.flatMap((part) => part.problems),
      ...duplicates(hostnames, `${path}.hostnames`),
      ...clients.problems,
      ...checkExtras(args, context),
    ],
    warnings: [...parts.flatMap((part) => part.warnings), ...clients.warnings, ...warnings(args, path)],
  };
}

/** Whether the load balancer or the gateway ends TLS. */
function isEncrypted({ certificate, secretName }: TlsSettings): boolean {
  return certificate !== undefined || secretName !== undefined;
}

/** Ingresses that share pods share their limit. */
function resolveRateLimitOf({ rateLimit }: IngressArgs, { path, name, gateway }: IngressContext) {
  const resolved = resolveRateLimit(rateLimit, `${path}.rateLimit`);
  const owned = problemIf(rateLimit !== undefined && gateway !== name, `${path}.rateLimit`, {
    given: rateLimit,
    allowed: `nothing with gateway.shareWith: the limit is one of the pods, which are those of "${gateway}"`,
    suggestion: `remove it, and write rateLimit at "${gateway}"`,
  });
  return { ...resolved, problems: [...resolved.problems, ...owned] };
}

function subnetsOf(args: IngressArgs, { cluster }: IngressContext) {
  return args.subnetIds ?? cluster.subnetIds;
}

function resolveStrategy(
  args: IngressArgs,
  tls: TlsSettings,
  context: IngressContext,
): Resolved<NlbSettings | AlbSettings> {
  const { path, name, cluster } = context;
  const subnets = subnetsOf(args, context).length;
  if (args.strategy === IngressStrategy.Alb) {
    const alb = resolveAlb(args.alb ?? {}, {
      path,
      ingress: name,
      cluster,
      tls,
      subnets,
      annotations: args.annotations ?? {},
      trustedProxies: args.trustedProxies ?? 0,
    });
    return { ...alb, problems: [...alb.problems, ...foreignBlock(args.nlb, `${path}.nlb`, args.strategy)] };
  }
  const nlb = resolveNlb(args.nlb ?? {}, { path, scheme: args.scheme ?? Scheme.Internal, tls, subnets });
  return { ...nlb, problems: [...nlb.problems, ...foreignBlock(args.alb, `${path}.alb`, IngressStrategy.Nlb)] };
}

function foreignBlock(block: object | undefined, path: string, strategy: IngressStrategy): readonly Problem[] {
  const asksWaf = block !== undefined && ("webAclArn" in block || "rateLimitPer5Minutes" in block);
  const waf = asksWaf ? "; AWS WAF cannot stand before an NLB" : "";
  return problemIf(block !== undefined, path, {
    given: block,
    allowed: `nothing with strategy "${strategy}"${waf}`,
    suggestion: "remove the block, or change the strategy",
  });
}

function addressTypeOf(args: IngressArgs, { path, cluster: { ipFamily } }: IngressContext) {
  const nodePorts = args.strategy === IngressStrategy.Alb || args.nlb?.targetType === NlbTargetType.Instance;
  return resolveAddressType(args.ipAddressType, { path, ipFamily, nodePorts });
}

/** Ports on which the load balancer listens: an ALB without certificate has only 80. */
function listenersOf({ strategy }: IngressArgs, { certificate }: TlsSettings): number {
  return strategy === IngressStrategy.Alb && certificate === undefined ? 1 : 2;
}

/** Which annotations and attributes one strategy leaves to the user. */
interface Extras {
  readonly rules: AnnotationRules;
  readonly foreign: AnnotationRules;
  readonly attributes: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const extras: Readonly<Record<IngressStrategy, Extras>> = {
  nlb: {
    rules: nlbAnnotationRules,
    foreign: albAnnotationRules,
    attributes: { [nlbAttributes]: nlbOwnedAttributes, [nlbTargetGroupAttributes]: nlbOwnedTargetGroupAttributes },
  },
  alb: {
    rules: albAnnotationRules,
    foreign: nlbAnnotationRules,
    attributes: { [albAttributes]: albOwnedAttributes, [albTargetGroupAttributes]: albOwnedTargetGroupAttributes },
  },
};

function checkExtras(args: IngressArgs, { path, controller }: IngressContext): readonly Problem[] {
  const annotations = args.annotations ?? {};
  const { rules, foreign, attributes } = extras[args.strategy];
  return [
    ...checkAnnotations(annotations, rules, { path, controller }),
    ...(args.dns === undefined || args.dns.createRecords === false ? [] : checkExternalDns(annotations, path)),
    ...Object.entries(annotations).flatMap(([key, given]) =>
      problemIf(key.startsWith(foreign.prefix), `${path}.annotations[${JSON.stringify(key)}]`, {
        given,
        allowed: `annotations of strategy "${args.strategy}", which begin with ${rules.prefix}`,
        suggestion: "remove it: it belongs to the other kind of load balancer",
      }),
    ),
    ...Object.entries(attributes).flatMap(([key, owned]) =>
      Object.entries(annotations)
        // Target groups have attributes for all ports, and for one: `….80`.
        .filter(([name]) => name === key || name.startsWith(`${key}.`))
        .flatMap(([name, text]) => checkAttributes(text, owned, `${path}.annotations["${name}"]`)),
    ),
  ];
}

function warnings(args: IngressArgs, path: string): readonly string[] {
  const annotations = args.annotations ?? {};
  const { attributes } = extras[args.strategy];
  return [
    ...Object.keys(attributes).flatMap((key) =>
      warnOfDeletionProtection(annotations[key], `${path}.annotations["${key}"]`),
    ),
    ...(args.alb?.groupName === undefined
      ? []
      : [
          `${path}.alb.groupName: the ALB lives as long as any member of the group; destroy can finish only when ` +
            `the members of other programs are gone.`,
        ]),
  ];
}
