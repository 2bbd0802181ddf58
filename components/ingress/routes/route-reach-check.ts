import { covers } from "../../inputs/network/hostname";
import { problem } from "../../inputs/problem";
import type { RoutePolicySettings } from "../../plan/route-settings";
import type { Problem } from "../../plan/problem";
import { PathType } from "../../plan/enums";
import { isUnconditional, mostSpecificFirst, type OrderedRoute, takesAllOf, takesPath } from "./route-order";

/** A route and its place in the list. */
export interface PlacedRoute extends OrderedRoute {
  readonly policy: RoutePolicySettings;
  readonly index: number;
}

/** Finds routes that no request reaches, and redirects that lead back to themselves. */
export function checkReach(routes: readonly PlacedRoute[], path: string): readonly Problem[] {
  const hosts = [...new Set(routes.map(({ host }) => host))];
  return hosts.flatMap((host) => {
    const ordered = mostSpecificFirst(routes.filter((route) => route.host === host));
    return ordered.flatMap((route, index) => [
      ...checkShadow(route, ordered.slice(0, index), path),
      ...checkLoop(route, ordered, { path, hosts }),
    ]);
  });
}

/** The path of the ingress, and all hosts that have routes. */
interface Place {
  readonly path: string;
  readonly hosts: readonly string[];
}

function checkShadow(route: PlacedRoute, earlier: readonly PlacedRoute[], path: string): readonly Problem[] {
  const before = earlier.filter((other) => takesAllOf(other, route));
  const every = before.filter(({ match }) => match.methods.length === 0);
  const { methods } = route.match;
  const taken = before.flatMap(({ match }) => match.methods);
  const isTaken = methods.length > 0 && methods.every((method) => taken.includes(method));
  if (every.length === 0 && !isTaken) return [];
  const names = (every.length > 0 ? every.slice(0, 1) : before).map(({ index }) => `${path}.routes[${index}]`);
  const regex = route.match.pathType === PathType.Regex;
  return [
    problem(`${path}.routes[${route.index}]`, {
      given: matchText(route),
      allowed: `routes that a request can reach; ${names.join(" and ")} ${names.length === 1 ? "takes" : "take"} all of its requests${regex ? ": prefixes go before regular expressions" : ""}`,
      suggestion: regex
        ? "remove it, or write the other path as a regular expression too: the longer one goes first"
        : "remove it, or change its conditions",
    }),
  ];
}

/** A client that follows a redirect sends the same headers and query, so that only host and path decide. */
function checkLoop(route: PlacedRoute, ordered: readonly PlacedRoute[], place: Place): readonly Problem[] {
  const { redirect } = route.policy;
  if (redirect === undefined || (redirect.host !== undefined && ownerOf(redirect.host, place.hosts) !== route.host)) {
    return [];
  }
  const { path: target } = redirect;
  const earlier = ordered.slice(0, ordered.indexOf(route));
  const isServed = (path: string) =>
    !takesPath(route, path) || earlier.some((other) => isUnconditional(other) && takesPath(other, path));
  // A redirect to nowhere else is a problem of its own.
  if (target === undefined ? redirect.host === undefined : isServed(target)) return [];
  return [
    problem(`${place.path}.routes[${route.index}].redirect`, {
      given: { host: redirect.host, path: target },
      allowed: `a place that another route serves: ${matchText(route)} takes these requests too, and redirects them again`,
      suggestion: `add a route for ${redirect.host === undefined ? route.host : redirect.host}${target === undefined ? "" : target}, or lead elsewhere`,
    }),
  ];
}

/** The host whose routes take the requests for a host: its own, or the longest wildcard. */
function ownerOf(requested: string, hosts: readonly string[]): string | undefined {
  return hosts
    .filter((host) => host === "*" || covers(host, requested))
    .sort((one, other) => Number(other === requested) - Number(one === requested) || other.length - one.length)[0];
}

/** A match as messages show it: values of headers and query parameters may be secret. */
export function matchText({ host, path, match }: OrderedRoute): string {
  const { pathType, methods, headers, queryParams } = match;
  const conditions = [
    ...(pathType === PathType.Prefix ? [] : [pathType]),
    ...methods,
    ...Object.keys(headers).map((name) => `header ${name}`),
    ...Object.keys(queryParams).map((name) => `query parameter ${name}`),
  ];
  return `${host}${path}${conditions.length === 0 ? "" : ` (${conditions.join(", ")})`}`;
}
