import type { IngressArgs } from "./ingress-args";
import { resolveRateLimit } from "./gateways/rate-limit-args";
import { resolveAddressType } from "./clients/address-type-args";
import { resolveClients } from "./clients/clients-args";
import { hasPublicZone, resolveDns } from "./dns/dns-args";
import { resolveHealthCheck } from "./health-check-args";
import { checkStrategyAnnotations, resolveStrategy, strategyOf, warnOfAttributes } from "./strategies/strategy-args";
import { resolveTls } from "./certificates/tls-args";
import { duplicates } from "../inputs/list";
import { problemIf } from "../inputs/problem";
import { resolveRoutes } from "./routes/resolve-routes-args";
import type { IngressSettings, TlsSettings } from "../plan/ingress-settings";
import type { Resolved } from "../plan/problem";
import type { ClusterSettings } from "../plan/settings";
import { type LoadBalancerController, Scheme } from "../plan/enums";

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
  const module = strategyOf(args);
  const healthCheck = resolveHealthCheck(args.healthCheck ?? {}, { path: `${path}.healthCheck`, strategy: module });
  const strategy = resolveStrategyOf(args, tls.settings, context);
  const routes = resolveRoutes(args.routes ?? [], { path, hostnames, encrypted: isEncrypted(tls.settings) });
  const addressType = resolveAddressType(args.ipAddressType, {
    ...{ path, ipFamily: context.cluster.ipFamily },
    nodePorts: module.planTargetRoute(strategy.settings) === "node-ports",
  });
  const served = { tls: tls.settings };
  const listeners = module.planListeners(served, strategy.settings).length;
  const clients = resolveClients({ ...args, ipAddressType: addressType.settings }, { path, listeners });
  const rateLimit = resolveRateLimitOf(args, context);
  const parts = [dns, tls, healthCheck, strategy, addressType, routes, rateLimit];
  return {
    settings: {
      ...{ name, gateway, service },
      strategy: strategy.settings,
      scheme: args.scheme ?? Scheme.Internal,
      ipAddressType: addressType.settings,
      ...{ hostnames, dns: dns.settings, tls: tls.settings, clients: clients.settings },
      subnetIds: subnetsOf(args, context),
      healthCheck: healthCheck.settings,
      annotations: args.annotations ?? {},
      ...{ routes: routes.settings, rateLimit: rateLimit.settings },
    },
    problems: [
      ...parts.flatMap((part) => part.problems),
      ...duplicates(hostnames, `${path}.hostnames`),
      ...clients.problems,
      ...checkStrategyAnnotations(args, { ...context, listeners: module.listenerNames(served, strategy.settings) }),
    ],
    warnings: [...parts.flatMap((part) => part.warnings), ...clients.warnings, ...warnOfAttributes(args, path)],
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

function resolveStrategyOf(args: IngressArgs, tls: TlsSettings, context: IngressContext) {
  const { path, name, cluster } = context;
  return resolveStrategy(args, {
    ...{ path, ingress: name, cluster, tls, subnets: subnetsOf(args, context).length },
    scheme: args.scheme ?? Scheme.Internal,
    annotations: args.annotations ?? {},
    trustedProxies: args.trustedProxies ?? 0,
  });
}
