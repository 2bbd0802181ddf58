import { connectionConditions } from "../../inputs/network/http";
import type {
  RouteCorsSettings,
  RouteFaultSettings,
  RouteHeadersSettings,
  RouteMatchSettings,
  RouteMirrorSettings,
  RoutePolicySettings,
  RouteRedirectSettings,
  RouteRetriesSettings,
} from "../../plan/route-settings";
import { PathType } from "../../plan/enums";
import type { RouteArgs } from "./route-args";
import type {
  RouteCorsArgs,
  RouteFaultArgs,
  RouteHeadersArgs,
  RouteMirrorArgs,
  RouteRedirectArgs,
  RouteRetriesArgs,
} from "./route-policy-args";

/** The conditions of a route in one form, so that equal ones are equal texts. */
export function resolveMatch({ pathType, methods, headers, queryParams }: RouteArgs): RouteMatchSettings {
  const lower = Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const);
  return {
    pathType: pathType ?? PathType.Prefix,
    methods: [...new Set(methods)].sort(),
    headers: byName(lower),
    queryParams: byName(Object.entries(queryParams ?? {})),
  };
}

function byName(entries: readonly (readonly [string, string])[]): Readonly<Record<string, string>> {
  return Object.fromEntries([...entries].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** What a route does with its requests, every default filled in. `encrypted`: the ingress has TLS. */
export function resolvePolicy(args: RouteArgs, encrypted: boolean): RoutePolicySettings {
  const { timeoutSeconds, retries, mirror, fault, rewritePath, requestHeaders, responseHeaders, redirect, cors } = args;
  return {
    ...{ timeoutSeconds, rewritePath },
    retries: retries && resolveRetries(retries),
    mirror: mirror && resolveMirror(mirror),
    fault: fault && resolveFault(fault),
    requestHeaders: requestHeaders && resolveHeaders(requestHeaders),
    responseHeaders: responseHeaders && resolveHeaders(responseHeaders),
    redirect: redirect && resolveRedirect(redirect, encrypted),
    cors: cors && resolveCors(cors),
  };
}

function resolveRetries({ attempts, on, perTryTimeoutSeconds }: RouteRetriesArgs): RouteRetriesSettings {
  return { attempts, on: on ?? connectionConditions, perTryTimeoutSeconds };
}

function resolveMirror({ service, namespace, port, percent }: RouteMirrorArgs): RouteMirrorSettings {
  return { service, namespace, port, percent: percent ?? 100 };
}

function resolveFault({ delaySeconds, abortStatus, percent }: RouteFaultArgs): RouteFaultSettings {
  return { delaySeconds, abortStatus, percent: percent ?? 100 };
}

function resolveHeaders({ set, add, remove }: RouteHeadersArgs): RouteHeadersSettings {
  return { set: set ?? {}, add: add ?? {}, remove: remove ?? [] };
}

/** Behind a load balancer that ends TLS the gateway sees plain HTTP, so that it could not find out the scheme and port. */
function resolveRedirect({ host, path, status }: RouteRedirectArgs, encrypted: boolean): RouteRedirectSettings {
  return { host, path, status: status ?? 301, scheme: encrypted ? "https" : undefined };
}

/** Source of the default: https://fetch.spec.whatwg.org/#http-access-control-max-age */
function resolveCors({ origins, methods, headers, maxAgeSeconds, credentials }: RouteCorsArgs): RouteCorsSettings {
  return {
    origins,
    methods: methods ?? [],
    headers: headers ?? [],
    maxAgeSeconds: maxAgeSeconds ?? 5,
    credentials: credentials ?? false,
  };
}
