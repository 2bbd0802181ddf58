import { covers } from "../inputs/hostname";
import { oneOf } from "../inputs/list";
import { problem, problemIf } from "../inputs/problem";
import type { DestinationSettings, RouteSettings } from "../plan/ingress-settings";
import type { Problem, Resolved } from "../plan/problem";
import type { RouteArgs } from "./route-args";

/** What routes must know of their ingress. */
export interface RoutesSurroundings {
  /** Path of the ingress. */
  readonly path: string;
  /** Hosts that the ingress serves; none: every host. */
  readonly hostnames: readonly string[];
}

/** A route with its defaults, and its place in the list. */
interface Placed extends DestinationSettings {
  readonly host: string;
  readonly path: string;
  readonly index: number;
}

/** Gathers the routes of one host and path, and checks them against each other and their ingress. */
export function resolveRoutes(
  args: readonly RouteArgs[],
  around: RoutesSurroundings,
): Resolved<readonly RouteSettings[]> {
  const routes = args.map(placed);
  const groups = grouped(routes);
  return {
    settings: groups.map(({ host, path, namespace, members }) => ({
      ...{ host, path, namespace },
      destinations: members.map(destinationOf),
    })),
    problems: [
      ...routes.flatMap((route) => checkHost(route, around)),
      ...groups.flatMap((group) => checkGroup(group, around)),
    ],
    warnings: [],
  };
}

function placed({ host, path, service, namespace, port, weight }: RouteArgs, index: number): Placed {
  return { host, path: path ?? "/", service, namespace, port, weight: weight ?? 100, index };
}

function destinationOf({ service, namespace, port, weight }: Placed): DestinationSettings {
  return { service, namespace, port, weight };
}

interface Group {
  readonly host: string;
  readonly path: string;
  /** That of the first destination. */
  readonly namespace: string;
  readonly members: readonly Placed[];
}

function grouped(routes: readonly Placed[]): readonly Group[] {
  const groups = new Map<string, Placed[]>();
  for (const route of routes) {
    const key = `${route.host}${route.path}`;
    groups.set(key, [...(groups.get(key) ?? []), route]);
  }
  return [...groups.values()].flatMap((members) =>
    members.slice(0, 1).map(({ host, path, namespace }) => ({ host, path, namespace, members })),
  );
}

function checkHost({ host, index }: Placed, { path, hostnames }: RoutesSurroundings): readonly Problem[] {
  const served = hostnames.length === 0 || hostnames.some((hostname) => covers(hostname, host));
  return problemIf(!served, `${path}.routes[${index}].host`, {
    given: host,
    allowed: `a host that the ingress serves: ${oneOf(hostnames)}`,
    remedy: `correct it, or add it to ${path}.hostnames`,
  });
}

function checkGroup({ host, path, members }: Group, around: RoutesSurroundings): readonly Problem[] {
  const again = members.filter((member) => members.find((other) => sameDestination(member, other)) !== member);
  if (again.length > 0) {
    return again.map(({ service, index }) =>
      problem(`${around.path}.routes[${index}]`, {
        given: service,
        allowed: `each port of a Service once for ${host}${path}`,
        remedy: "remove it: a route before it leads there already",
      }),
    );
  }
  const weights = members.map(({ weight }) => weight);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return members.slice(-1).flatMap(({ weight, index }) =>
    problemIf(sum !== 100, `${around.path}.routes[${index}].weight`, {
      given: weight,
      allowed: `weights of 100 together for ${host}${path}; these make ${weights.join(" + ")}${members.length === 1 ? "" : ` = ${sum}`}`,
      remedy: "say of each route how many percent of the requests it gets",
    }),
  );
}

function sameDestination(one: Placed, other: Placed): boolean {
  return one.service === other.service && one.namespace === other.namespace && one.port === other.port;
}
