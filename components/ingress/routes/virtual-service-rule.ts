import type { DestinationSettings, RouteSettings } from "../../plan/ingress-settings";
import type { Tree } from "../../plan/input-value";
import type {
  RouteCorsSettings,
  RouteFaultSettings,
  RouteHeadersSettings,
  RoutePolicySettings,
  RouteRedirectSettings,
  RouteRetriesSettings,
} from "../../plan/route-settings";
import { PathType } from "../../plan/enums";
import type { RoutedService } from "./route-services";

/** Plans one rule of a VirtualService. It means what the rules of `http-route-rule.ts` mean. */
export function planHttpRule(route: RouteSettings): Tree {
  const { policy, destinations } = route;
  return {
    ...matchOf(route),
    ...(policy.redirect === undefined
      ? { route: destinations.map(routeTo) }
      : { redirect: redirectOf(policy.redirect) }),
    ...policyOf(route, policy),
  };
}

function policyOf(route: RouteSettings, policy: RoutePolicySettings): Tree {
  const { timeoutSeconds, retries, mirror, fault, rewritePath, cors } = policy;
  return {
    ...(timeoutSeconds === undefined ? {} : { timeout: `${timeoutSeconds}s` }),
    ...(retries === undefined ? {} : { retries: retriesOf(retries) }),
    ...(mirror === undefined
      ? {}
      : { mirrors: [{ destination: destinationOf(mirror), percentage: { value: mirror.percent } }] }),
    ...(fault === undefined ? {} : { fault: faultOf(fault) }),
    ...(rewritePath === undefined ? {} : { rewrite: { uriRegexRewrite: rewriteOf(route, rewritePath) } }),
    ...headersOf(policy),
    ...(cors === undefined ? {} : { corsPolicy: corsOf(cors) }),
  };
}

function matchOf({ path, match: { pathType, methods, headers, queryParams } }: RouteSettings): Tree {
  const conditions = {
    ...(methods.length === 0 ? {} : { method: methodOf(methods) }),
    ...(Object.keys(headers).length === 0 ? {} : { headers: exactly(headers) }),
    ...(Object.keys(queryParams).length === 0 ? {} : { queryParams: exactly(queryParams) }),
  };
  const uris = urisOf(path, pathType);
  if (uris.length > 0) return { match: uris.map((uri) => ({ uri, ...conditions })) };
  return Object.keys(conditions).length === 0 ? {} : { match: [conditions] };
}

/** A prefix of Istio is one of letters: `/cart` would take `/cartoons` too. */
function urisOf(path: string, pathType: PathType): readonly Tree[] {
  if (pathType !== PathType.Prefix) return [{ [pathType]: path }];
  return path === "/" ? [] : [{ exact: path }, { prefix: `${path}/` }];
}

function methodOf(methods: readonly string[]): Tree {
  const [only, ...others] = methods;
  return only !== undefined && others.length === 0 ? { exact: only } : { regex: methods.join("|") };
}

function exactly(values: Readonly<Record<string, string>>): Tree {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { exact: value }]));
}

function routeTo(destination: DestinationSettings): Tree {
  return { destination: destinationOf(destination), weight: destination.weight };
}

function destinationOf({ service, namespace, port }: RoutedService): Tree {
  return { host: `${service}.${namespace}.svc.cluster.local`, port: { number: port } };
}

function redirectOf({ host, path, status, scheme }: RouteRedirectSettings): Tree {
  return {
    ...(host === undefined ? {} : { authority: host }),
    ...(path === undefined ? {} : { uri: path }),
    ...(scheme === undefined ? {} : { scheme }),
    redirectCode: status,
  };
}

function retriesOf({ attempts, on, perTryTimeoutSeconds }: RouteRetriesSettings): Tree {
  return {
    ...{ attempts, retryOn: on.join(",") },
    ...(perTryTimeoutSeconds === undefined ? {} : { perTryTimeout: `${perTryTimeoutSeconds}s` }),
  };
}

function faultOf({ delaySeconds, abortStatus, percent }: RouteFaultSettings): Tree {
  const percentage = { value: percent };
  return {
    ...(delaySeconds === undefined ? {} : { delay: { percentage, fixedDelay: `${delaySeconds}s` } }),
    ...(abortStatus === undefined ? {} : { abort: { percentage, httpStatus: abortStatus } }),
  };
}

/**
 * By a regular expression, for `rewrite.uri` replaces what the one match of the two has found, slash included.
 *
 * Source: istio/istio pilot/pkg/networking/core/route/route.go (applyHTTPRouteDestination)
 */
function rewriteOf({ path, match }: RouteSettings, rewritePath: string): Tree {
  if (match.pathType !== PathType.Prefix) return { match: "/.*", rewrite: rewritePath };
  if (path === "/") return { match: "^/", rewrite: rewritePath === "/" ? "/" : `${rewritePath}/` };
  const prefix = `^${path.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`;
  return rewritePath === "/" ? { match: `${prefix}/?`, rewrite: "/" } : { match: prefix, rewrite: rewritePath };
}

function headersOf({ requestHeaders, responseHeaders }: RoutePolicySettings): Tree {
  if (requestHeaders === undefined && responseHeaders === undefined) return {};
  return {
    headers: {
      ...(requestHeaders === undefined ? {} : { request: operationsOf(requestHeaders) }),
      ...(responseHeaders === undefined ? {} : { response: operationsOf(responseHeaders) }),
    },
  };
}

function operationsOf({ set, add, remove }: RouteHeadersSettings): Tree {
  return {
    ...(Object.keys(set).length === 0 ? {} : { set }),
    ...(Object.keys(add).length === 0 ? {} : { add }),
    ...(remove.length === 0 ? {} : { remove }),
  };
}

/** As Istio makes it from the CORS filter of an HTTPRoute. Source: istio/istio pilot/pkg/config/kube/gateway/conversion.go */
function corsOf({ origins, methods, headers, maxAgeSeconds, credentials }: RouteCorsSettings): Tree {
  return {
    allowOrigins: origins.map(originOf),
    ...(methods.length === 0 ? {} : { allowMethods: methods }),
    ...(headers.length === 0 ? {} : { allowHeaders: headers }),
    maxAge: `${maxAgeSeconds}s`,
    ...(credentials ? { allowCredentials: true } : {}),
    unmatchedPreflights: "IGNORE",
  };
}

function originOf(origin: string): Tree {
  if (origin === "*") return { regex: String.raw`^[a-zA-Z][a-zA-Z0-9+.-]*://[^/\s?#]+$` };
  if (!origin.includes("*")) return { exact: origin };
  if (origin.endsWith("*")) return { prefix: origin.slice(0, -1) };
  return { regex: `^${origin.replaceAll(".", String.raw`\.`).replaceAll("*", ".*")}$` };
}
