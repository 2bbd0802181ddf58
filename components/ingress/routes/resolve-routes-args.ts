import { covers } from "../../inputs/network/hostname";
import { oneOf } from "../../inputs/list";
import { problem, problemIf } from "../../inputs/problem";
import type { DestinationSettings, RouteSettings } from "../../plan/ingress-settings";
import type { Problem, Resolved } from "../../plan/problem";
import { checkMatch } from "./route-match-check";
import { checkPolicy, warnOfPolicy } from "./route-policy-check";
import { checkReach, matchText, type PlacedRoute } from "./route-reach-check";
import type { RouteArgs } from "./route-args";
import { resolveMatch, resolvePolicy } from "./route-settings-args";

/** What routes must know of their ingress. */
export interface RoutesContext {
  /** Path of the ingress. */
  readonly path: string;
  /** Hosts that the ingress serves; none: every host. */
  readonly hostnames: readonly string[];
  /** Whether clients reach the ingress by TLS. */
  readonly encrypted: boolean;
}

/** Gathers the routes of one host, path and conditions, and checks them against each other and their ingress. */
export function resolveRoutes(args: readonly RouteArgs[], context: RoutesContext): Resolved<readonly RouteSettings[]> {
  const routes = args.map((route, index) => placed(route, index, context.encrypted));
  const groups = grouped(routes);
  const { path } = context;
  return {
    settings: groups.map(({ host, path, match, policy, members }) => {
      const destinations = members.flatMap(({ destination }) => (destination === undefined ? [] : [destination]));
      return { host, path, match, policy, namespace: destinations[0]?.namespace, destinations };
    }),
    problems: [
      ...routes.flatMap((route) => checkHost(route, context)),
      ...args.flatMap((route, index) => checkMatch(route, `${path}.routes[${index}]`)),
      ...args.flatMap((route, index) => checkPolicy(route, `${path}.routes[${index}]`)),
      ...groups.flatMap((group) => checkGroup(group, context)),
      ...checkReach(groups, path),
    ],
    warnings: args.flatMap((route, index) => warnOfPolicy(route, `${path}.routes[${index}]`)),
  };
}

/** A route with its defaults, and its place in the list. */
interface Placed extends PlacedRoute {
  /** None: a redirect. */
  readonly destination: DestinationSettings | undefined;
}

function placed(route: RouteArgs, index: number, encrypted: boolean): Placed {
  const { host, path, service, namespace, port, weight } = route;
  const match = resolveMatch(route);
  const policy = resolvePolicy(route, encrypted);
  const hasDestination = service !== undefined && namespace !== undefined && port !== undefined;
  const destination = hasDestination ? { service, namespace, port, weight: weight ?? 100 } : undefined;
  return { host, path: path ?? "/", match, policy, destination, index };
}

interface Group extends PlacedRoute {
  readonly members: readonly Placed[];
}

function grouped(routes: readonly Placed[]): readonly Group[] {
  const groups = new Map<string, Placed[]>();
  for (const route of routes) {
    const key = JSON.stringify([route.host, route.path, route.match]);
    groups.set(key, [...(groups.get(key) ?? []), route]);
  }
  return [...groups.values()].flatMap((members) => members.slice(0, 1).map((first) => ({ ...first, members })));
}

function checkHost({ host, index }: Placed, { path, hostnames }: RoutesContext): readonly Problem[] {
  const served = hostnames.length === 0 || hostnames.some((hostname) => covers(hostname, host));
  return problemIf(!served, `${path}.routes[${index}].host`, {
    given: host,
    allowed: `a host that the ingress serves: ${oneOf(hostnames)}`,
    suggestion: `correct it, or add it to ${path}.hostnames`,
  });
}

/** Routes that share the requests of one host, path and set of conditions. */
function checkGroup(group: Group, context: RoutesContext): readonly Problem[] {
  const again = checkAgain(group, context);
  return again.length > 0 ? again : [...checkWeights(group, context), ...checkAlike(group, context)];
}

function checkAgain(group: Group, { path }: RoutesContext): readonly Problem[] {
  const { members } = group;
  const again = members.filter((member) => members.find((other) => sameDestination(member, other)) !== member);
  const redirects = members.length === 1 ? [] : members.filter(({ destination }) => destination === undefined);
  if (redirects.length > 0) {
    return redirects.map(({ policy, index }) =>
      problem(`${path}.routes[${index}]`, {
        given: policy.redirect,
        allowed: `one redirect, or Services that share the requests, for ${matchText(group)}`,
        suggestion: "remove it, or give it other conditions",
      }),
    );
  }
  return again.map(({ destination, index }) =>
    problem(`${path}.routes[${index}]`, {
      given: destination?.service,
      allowed: `each port of a Service once for ${matchText(group)}`,
      suggestion: "remove it: a route before it leads there already",
    }),
  );
}

function checkWeights(group: Group, { path }: RoutesContext): readonly Problem[] {
  const weights = group.members.map(({ destination }) => destination?.weight ?? 100);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return group.members.slice(-1).flatMap(({ destination, index }) =>
    problemIf(sum !== 100, `${path}.routes[${index}].weight`, {
      given: destination?.weight,
      allowed: `weights of 100 together for ${matchText(group)}; these make ${weights.join(" + ")}${weights.length === 1 ? "" : ` = ${sum}`}`,
      suggestion: "set weight on each of the routes",
    }),
  );
}

/** Weights are of destinations; everything else is of the rule that they are in. */
function checkAlike(group: Group, { path }: RoutesContext): readonly Problem[] {
  const members = Object.entries(group.policy);
  return group.members.slice(1).flatMap(({ policy, index }) => {
    const others: Readonly<Record<string, unknown>> = { ...policy };
    const differing = members.filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(others[name]));
    return differing.map(([name, value]) =>
      problem(`${path}.routes[${index}].${name}`, {
        given: others[name],
        allowed: `the same as in ${path}.routes[${group.index}], with which it shares the requests: ${value === undefined ? "nothing" : JSON.stringify(value)}`,
        suggestion: "write it alike in both routes, or give them different conditions",
      }),
    );
  });
}

function sameDestination({ destination: one }: Placed, { destination: other }: Placed): boolean {
  return one?.service === other?.service && one?.namespace === other?.namespace && one?.port === other?.port;
}
