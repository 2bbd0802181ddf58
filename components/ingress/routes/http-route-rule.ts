import { isStatus } from "../../inputs/network/http";
import type { DestinationSettings, RouteSettings } from "../../plan/ingress-settings";
import type { Tree } from "../../plan/input-value";
import type {
  RouteCorsSettings,
  RouteHeadersSettings,
  RouteMirrorSettings,
  RouteRedirectSettings,
  RouteRetriesSettings,
} from "../../plan/route-settings";
import { PathType } from "../../plan/enums";

const pathTypes: Readonly<Record<PathType, string>> = {
  [PathType.Prefix]: "PathPrefix",
  [PathType.Exact]: "Exact",
  [PathType.Regex]: "RegularExpression",
};

/**
 * Plans the rules of an HTTPRoute for one route: one, with a match for each method. The Gateway API takes a replaced prefix only
 * in a rule that has one match, so that there each method has a rule of its own.
 */
export function planRules(route: RouteSettings, objectNamespace: string): readonly Tree[] {
  const matches = matchesOf(route);
  const alone = route.policy.rewritePath !== undefined && route.match.pathType === PathType.Prefix;
  const groups = alone ? matches.map((match) => [match]) : [matches];
  return groups.map((group) => ({
    matches: group,
    ...filtersOf(route, objectNamespace),
    ...(route.policy.redirect === undefined
      ? { backendRefs: route.destinations.map((destination) => backendRef(destination, objectNamespace)) }
      : {}),
    ...timesOf(route),
  }));
}

function matchesOf({ path, match: { pathType, methods, headers, queryParams } }: RouteSettings): readonly Tree[] {
  const match = {
    path: { type: pathTypes[pathType], value: path },
    ...(Object.keys(headers).length === 0 ? {} : { headers: exactly(headers) }),
    ...(Object.keys(queryParams).length === 0 ? {} : { queryParams: exactly(queryParams) }),
  };
  return methods.length === 0 ? [match] : methods.map((method) => ({ ...match, method }));
}

function exactly(values: Readonly<Record<string, string>>): readonly Tree[] {
  return Object.entries(values).map(([name, value]) => ({ type: "Exact", name, value }));
}

function backendRef({ service, namespace, port, weight }: DestinationSettings, objectNamespace: string): Tree {
  return { name: service, ...(namespace === objectNamespace ? {} : { namespace }), port, weight };
}

function filtersOf({ policy, match }: RouteSettings, objectNamespace: string): Tree {
  const { requestHeaders, responseHeaders, mirror, rewritePath, redirect, cors } = policy;
  const filters = [
    ...(requestHeaders === undefined
      ? []
      : [{ type: "RequestHeaderModifier", requestHeaderModifier: modifierOf(requestHeaders) }]),
    ...(responseHeaders === undefined
      ? []
      : [{ type: "ResponseHeaderModifier", responseHeaderModifier: modifierOf(responseHeaders) }]),
    ...(mirror === undefined ? [] : [{ type: "RequestMirror", requestMirror: mirrorOf(mirror, objectNamespace) }]),
    ...(rewritePath === undefined ? [] : [{ type: "URLRewrite", urlRewrite: rewriteOf(match.pathType, rewritePath) }]),
    ...(redirect === undefined ? [] : [{ type: "RequestRedirect", requestRedirect: redirectOf(redirect) }]),
    ...(cors === undefined ? [] : [{ type: "CORS", cors: corsOf(cors) }]),
  ];
  return filters.length === 0 ? {} : { filters };
}

function modifierOf({ set, add, remove }: RouteHeadersSettings): Tree {
  const list = (headers: Readonly<Record<string, string>>) =>
    Object.entries(headers).map(([name, value]) => ({ name, value }));
  return {
    ...(Object.keys(set).length === 0 ? {} : { set: list(set) }),
    ...(Object.keys(add).length === 0 ? {} : { add: list(add) }),
    ...(remove.length === 0 ? {} : { remove }),
  };
}

/** `percent` is a whole number there; parts of a percent are a fraction. */
function mirrorOf({ service, namespace, port, percent }: RouteMirrorSettings, objectNamespace: string): Tree {
  return {
    backendRef: { name: service, ...(namespace === objectNamespace ? {} : { namespace }), port },
    ...(Number.isInteger(percent)
      ? { percent }
      : { fraction: { numerator: Math.round(percent * 10_000), denominator: 1_000_000 } }),
  };
}

function rewriteOf(pathType: PathType, rewritePath: string): Tree {
  return pathType === PathType.Prefix
    ? { path: { type: "ReplacePrefixMatch", replacePrefixMatch: rewritePath } }
    : { path: { type: "ReplaceFullPath", replaceFullPath: rewritePath } };
}

function redirectOf({ host, path, status, scheme }: RouteRedirectSettings): Tree {
  return {
    ...(scheme === undefined ? {} : { scheme }),
    ...(host === undefined ? {} : { hostname: host }),
    ...(path === undefined ? {} : { path: { type: "ReplaceFullPath", replaceFullPath: path } }),
    statusCode: status,
  };
}

function corsOf({ origins, methods, headers, maxAgeSeconds, credentials }: RouteCorsSettings): Tree {
  return {
    allowOrigins: origins,
    ...(methods.length === 0 ? {} : { allowMethods: methods }),
    ...(headers.length === 0 ? {} : { allowHeaders: headers }),
    maxAge: maxAgeSeconds,
    ...(credentials ? { allowCredentials: true } : {}),
  };
}

function timesOf({ policy: { timeoutSeconds, retries } }: RouteSettings): Tree {
  const perTry = retries?.perTryTimeoutSeconds;
  const timeouts = {
    ...(timeoutSeconds === undefined ? {} : { request: duration(timeoutSeconds) }),
    ...(perTry === undefined ? {} : { backendRequest: duration(perTry) }),
  };
  return {
    ...(Object.keys(timeouts).length === 0 ? {} : { timeouts }),
    ...(retries === undefined ? {} : { retry: retryOf(retries) }),
  };
}

/** The conditions that are no status codes Istio adds itself. */
function retryOf({ attempts, on }: RouteRetriesSettings): Tree {
  const codes = on.filter(isStatus).map(Number);
  return { attempts, ...(codes.length === 0 ? {} : { codes }) };
}

/** Without a decimal point: `1s500ms`. Source: the Gateway API's Duration, GEP-2257 */
function duration(seconds: number): string {
  const milliseconds = Math.round(seconds * 1000);
  const [whole, rest] = [Math.floor(milliseconds / 1000), milliseconds % 1000];
  return `${whole === 0 ? "" : `${whole}s`}${rest === 0 ? "" : `${rest}ms`}`;
}
