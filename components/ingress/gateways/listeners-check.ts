import { invariant } from "../../inputs/invariant";
import { problem, problemIf } from "../../inputs/problem";
import type { GatewayServer } from "../../plan/ingress";
import type { GatewaySettings } from "../../plan/gateway-settings";
import type { IngressSettings } from "../../plan/ingress-settings";
import type { Problem } from "../../plan/problem";
import { Routing } from "../../plan/enums";
import { strategyFor } from "../strategies";
import { listenersOf, servingListeners } from "./gateway-api-gateway-plan";
import { mergeServers } from "./servers";

/**
 * What the definitions of the Gateway API allow; the API server refuses an object with more.
 *
 * Source: https://gateway-api.sigs.k8s.io/reference/spec/, `GatewaySpec.listeners` and `CommonRouteSpec.parentRefs`
 */
const [mostListeners, mostParents] = [64, 32];

/** Each hostname is a listener of the Gateway on each port that serves it, and a parent of the routes for it. */
export function checkListeners(
  gateways: readonly GatewaySettings[],
  ingresses: readonly IngressSettings[],
  pathOf: (ingress: string) => string,
): readonly Problem[] {
  const withApi = gateways.filter(({ routing }) => routing === Routing.GatewayApi);
  return withApi.flatMap(({ name }) => {
    const served = ingresses.filter(({ gateway }) => gateway === name);
    const servers = mergeServers(served.flatMap((ingress) => strategyFor(ingress).servers));
    if (listenersOf(servers).length > mostListeners) return [tooMany(servers, `${pathOf(last(served))}.hostnames`)];
    return served.flatMap((ingress) => checkRoutes(ingress, servers, `${pathOf(ingress.name)}.routes`));
  });
}

/** Of several ingresses before one Gateway, the one that is written last. */
function last(served: readonly IngressSettings[]): string {
  return invariant(served.at(-1), "an ingress with listeners").name;
}

function tooMany(servers: readonly GatewayServer[], path: string): Problem {
  const hosts = [...new Set(servers.flatMap((server) => server.hosts))];
  const fitting = hosts.filter(
    (_, index) => listenersOf(only(hosts.slice(0, index + 1), servers)).length <= mostListeners,
  );
  return problem(path, {
    given: `${hosts.length} hostnames at one gateway, which are ${listenersOf(servers).length} listeners`,
    allowed: `at most ${fitting.length} hostnames here: Kubernetes refuses a Gateway with more than ${mostListeners} listeners`,
    suggestion:
      'join hostnames in a wildcard such as "*.example.com", move some to an ingress with a gateway of its own, or use routing "istio"',
  });
}

function only(hosts: readonly string[], servers: readonly GatewayServer[]): readonly GatewayServer[] {
  return servers.map((server) => ({ ...server, hosts: server.hosts.filter((host) => hosts.includes(host)) }));
}

function checkRoutes({ routes }: IngressSettings, servers: readonly GatewayServer[], path: string): readonly Problem[] {
  const hosts = [...new Set(routes.map(({ host }) => host))];
  return hosts.flatMap((host) => {
    const parents = servingListeners(servers, host).length;
    return problemIf(parents > mostParents, path, {
      given: `host "${host}", which ${parents} listeners of the gateway serve`,
      allowed: `hosts that at most ${mostParents} listeners serve, one for each hostname and port: a route has no more parents`,
      suggestion: 'name the hosts of the route one by one, join hostnames in a wildcard, or use routing "istio"',
    });
  });
}
