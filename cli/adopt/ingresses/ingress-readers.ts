import { routeName } from "../../../components/ingress/routes/route-names";
import { at, type KubernetesObject, listAt, textAt } from "../../check/kubernetes-object";
import { routesOfHttpRoute } from "./http-route-routes";
import { mainName } from "../mesh/mesh-args";
import type { FoundObjects } from "../takeover/planned-objects";
import type { Reader } from "../proposals";
import type { Tree } from "../trees";
import { routesOfVirtualService } from "./virtual-service-routes";

/** What objects say of the ingresses: their routes, and how many requests their gateways take. */
export function ingressReaders(ingresses: readonly string[], found: FoundObjects): readonly Reader[] {
  return ingresses.flatMap((ingress) => [
    ...routesOf(ingress, found).map((routes) => routesReader(ingress, routes)),
    ...found.EnvoyFilter.filter(({ metadata }) => metadata.name === `${ingress}-rate-limit`).map((filter) =>
      rateLimitReader(ingress, filter),
    ),
  ]);
}

/** The routes of each object that has the name which the mesh would give it. */
function routesOf(ingress: string, { VirtualService, HTTPRoute }: FoundObjects): readonly (readonly Tree[])[] {
  const named = (object: KubernetesObject, routes: readonly Tree[]) => {
    const [host, path] = [textAt(routes[0], "host"), textAt(routes[0], "path")];
    const names = [routeName(ingress, host), routeName(ingress, host, path)];
    return names.includes(object.metadata.name) ? [routes] : [];
  };
  return [
    ...VirtualService.flatMap((object) => named(object, routesOfVirtualService(object["spec"]))),
    ...HTTPRoute.flatMap((object) => named(object, routesOfHttpRoute(object))),
  ];
}

function routesReader(ingress: string, routes: readonly Tree[]): Reader {
  return (args) => [
    { args: membersOf(ingress, { routes: [...listAt(args, ...placeOfIngress(ingress), "routes"), ...routes] }) },
  ];
}

function rateLimitReader(ingress: string, filter: KubernetesObject): Reader {
  const bucket = at(filter, "spec", "configPatches", 0, "patch", "value", "typed_config", "token_bucket");
  const rateLimit = { requestsPerSecond: at(bucket, "tokens_per_fill"), burst: at(bucket, "max_tokens") };
  return () => [{ args: membersOf(ingress, { rateLimit }) }];
}

function placeOfIngress(ingress: string): readonly string[] {
  return ingress === mainName ? ["ingress"] : ["additionalIngresses", ingress];
}

function membersOf(ingress: string, members: Tree): Tree {
  return ingress === mainName ? { ingress: members } : { additionalIngresses: { [ingress]: members } };
}
