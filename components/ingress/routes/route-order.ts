import { literalPrefix, matchesPath } from "../../inputs/network/regular-expression";
import type { RouteMatchSettings } from "../../plan/route-settings";
import { PathType } from "../../plan/enums";

/** Whose requests and which path: what the order of routes depends on. */
export interface OrderedRoute {
  readonly host: string;
  readonly path: string;
  readonly match: RouteMatchSettings;
}

/**
 * The routes of a host in the order in which the gateway compares them with a request, whatever order they are written in.
 *
 * It is the order in which Istio puts the rules of HTTPRoutes. What that leaves open keeps the order of the rules in one
 * object, so that all routes of one host and path are there: fewer methods go first, then the alphabet decides.
 *
 * Source: istio/istio pilot/pkg/config/kube/gateway/conversion.go (sortHTTPRoutes)
 */
export function mostSpecificFirst<Route extends OrderedRoute>(routes: readonly Route[]): readonly Route[] {
  return [...routes].sort((one, other) => {
    const [first, second] = [ranks(one), ranks(other)];
    const differing = first.findIndex((rank, index) => rank !== second[index]);
    if (differing >= 0) return Number(second[differing]) - Number(first[differing]);
    return textOf(one) < textOf(other) ? -1 : 1;
  });
}

/** The routes of one host and path. */
export interface RoutesOfPath<Route> {
  readonly host: string;
  readonly path: string;
  readonly routes: readonly Route[];
}

/** Groups routes by host and path. */
export function byPath<Route extends OrderedRoute>(routes: readonly Route[]): readonly RoutesOfPath<Route>[] {
  const places = new Map(routes.map(({ host, path }) => [`${host}${path}`, { host, path }]));
  return [...places.values()].map(({ host, path }) => ({
    ...{ host, path },
    routes: routes.filter((route) => route.host === host && route.path === path),
  }));
}

const pathRanks: Readonly<Record<PathType, number>> = {
  [PathType.Exact]: 3,
  [PathType.Prefix]: 2,
  [PathType.Regex]: 1,
};

/** Greater goes first. */
function ranks({ path, match }: OrderedRoute): readonly number[] {
  return [
    pathRanks[match.pathType],
    path.length,
    match.methods.length > 0 ? 1 : 0,
    Object.keys(match.headers).length,
    Object.keys(match.queryParams).length,
    -match.methods.length,
  ];
}

function textOf({ path, match }: OrderedRoute): string {
  return JSON.stringify([path, match.methods, match.headers, match.queryParams]);
}

/** Whether a route takes every request that another one could take, apart from its method. */
export function takesAllOf(one: OrderedRoute, other: OrderedRoute): boolean {
  return (
    takesPathsOf(one, other) &&
    isPartOf(one.match.headers, other.match.headers) &&
    isPartOf(one.match.queryParams, other.match.queryParams)
  );
}

function isPartOf(some: Readonly<Record<string, string>>, all: Readonly<Record<string, string>>): boolean {
  return Object.entries(some).every(([name, value]) => all[name] === value);
}

function takesPathsOf(one: OrderedRoute, other: OrderedRoute): boolean {
  if (one.match.pathType === other.match.pathType && one.path === other.path) return true;
  if (one.match.pathType !== PathType.Prefix) return false;
  if (other.match.pathType !== PathType.Regex) return isBelow(one.path, other.path);
  return one.path === "/" || literalPrefix(other.path).startsWith(`${one.path}/`);
}

function isBelow(prefix: string, path: string): boolean {
  return prefix === "/" || path === prefix || path.startsWith(`${prefix}/`);
}

/** Whether a route takes a path of a request. */
export function takesPath({ path, match }: OrderedRoute, requested: string): boolean {
  if (match.pathType === PathType.Exact) return path === requested;
  return match.pathType === PathType.Prefix ? isBelow(path, requested) : matchesPath(path, requested);
}

/** Whether a route takes requests of every method, with any headers and query parameters. */
export function isUnconditional({ match }: OrderedRoute): boolean {
  return (
    match.methods.length === 0 && Object.keys(match.headers).length === 0 && Object.keys(match.queryParams).length === 0
  );
}
