import semver from "semver";
import type { IngressArgs } from "../ingress-args";
import { connectionConditions, isStatus } from "../../inputs/network/http";
import { oneOf } from "../../inputs/list";
import { problem, problemIf } from "../../inputs/problem";
import type { GatewayApiArgs } from "../../control-plane/gateway-api/gateway-api-args";
import type { IngressSettings } from "../../plan/ingress-settings";
import type { Problem } from "../../plan/problem";
import type { GatewaySettings } from "../../plan/gateway-settings";
import type { CrdSettings } from "../../plan/settings";
import { GatewayApiChannel, PathType, Routing } from "../../plan/enums";
import { planRules } from "./http-route-rule";
import type { RouteArgs } from "./route-args";
import { byPath } from "./route-order";
import { matchText } from "./route-reach-check";
import { ingressPath, mainIngress } from "../resolve-ingresses-args";

/** The arguments of a mesh that decide its routes. */
export interface MeshRoutesArgs {
  readonly ingress?: IngressArgs;
  readonly additionalIngresses?: Readonly<Record<string, IngressArgs>>;
  readonly gatewayApi?: GatewayApiArgs;
}

/** A mesh with routes, and the definitions of the Gateway API. */
export interface RoutedArgs {
  readonly args: MeshRoutesArgs;
  readonly ingresses: readonly IngressSettings[];
  readonly gateways: readonly GatewaySettings[];
  /** What the mesh installs; undefined: someone else does. */
  readonly crds: CrdSettings | undefined;
  /** The release that this Istio reads. */
  readonly wanted: string;
}

/** Something that an HTTPRoute has only from a release on. */
interface Feature {
  readonly member: string;
  readonly isUsed: (route: RouteArgs) => boolean;
  readonly given: (route: RouteArgs) => unknown;
  /** The first release whose channel `standard` has it. */
  readonly since: string;
  /** Whether the channel `experimental` of the releases before has it. */
  readonly experimental: boolean;
}

/**
 * Sources: config/crd of kubernetes-sigs/gateway-api v1.4.1, v1.5.0 and v1.6.0, read field by field; for `retry` its v1.7.0.
 */
const features: readonly Feature[] = [
  {
    member: "retries",
    isUsed: ({ retries }) => retries !== undefined,
    given: ({ retries }) => retries,
    since: "v1.7.0",
    experimental: true,
  },
  {
    member: "cors",
    isUsed: ({ cors }) => cors !== undefined,
    given: ({ cors }) => cors,
    since: "v1.5.0",
    experimental: true,
  },
  {
    member: "redirect.status",
    isUsed: ({ redirect }) => ![301, 302].includes(redirect?.status ?? 301),
    given: ({ redirect }) => redirect?.status,
    since: "v1.5.0",
    experimental: false,
  },
];

/** Finds what routes ask of HTTPRoutes that these cannot say, in the release whose definitions the cluster has. */
export function checkRouteSupport(mesh: RoutedArgs): {
  readonly problems: readonly Problem[];
  readonly warnings: readonly string[];
} {
  const { ingresses, gateways } = mesh;
  const routed = ingresses.filter(({ gateway }) =>
    gateways.some(({ name, routing }) => name === gateway && routing === Routing.GatewayApi),
  );
  const blocks = routed.map((ingress) => ({ ingress, ...blockOf(ingress, mesh.args) }));
  return {
    problems: blocks.flatMap(({ ingress, path, routes }) => [
      ...routes.flatMap((route, index) => [
        ...checkFeatures(route, `${path}.routes[${index}]`, mesh),
        ...checkRoute(route, `${path}.routes[${index}]`),
      ]),
      ...checkSizes(ingress, path),
    ]),
    warnings: blocks.flatMap(({ ingress, path, routes }) => [
      ...(isKnown(mesh) ? [] : routes.flatMap((route, index) => warnOfFeatures(route, `${path}.routes[${index}]`))),
      ...warnOfEqualExpressions(ingress, path),
    ]),
  };
}

function blockOf({ name }: IngressSettings, { ingress, additionalIngresses = {} }: MeshRoutesArgs) {
  const block: IngressArgs | undefined = name === mainIngress ? ingress : additionalIngresses[name];
  const path = ingressPath(name);
  return { path, routes: block?.routes ?? [] };
}

/** Whether the mesh installs definitions of which it knows release and channel. */
function isKnown({ args, crds }: RoutedArgs): boolean {
  return crds !== undefined && args.gatewayApi?.manifest === undefined;
}

function checkFeatures(route: RouteArgs, path: string, mesh: RoutedArgs): readonly Problem[] {
  if (!isKnown(mesh)) return [];
  const { version = mesh.wanted, channel = GatewayApiChannel.Standard } = mesh.args.gatewayApi ?? {};
  const isMissing = ({ since, experimental }: Feature) =>
    semver.lt(version, since) && !(experimental && channel === GatewayApiChannel.Experimental);
  return features
    .filter((feature) => feature.isUsed(route) && isMissing(feature))
    .map(({ member, given, since, experimental }) =>
      problem(`${path}.${member}`, {
        given: given(route),
        allowed: `what HTTPRoutes of the Gateway API ${version} (${channel}) have; ${member} they have from ${since} on`,
        suggestion: `${experimental ? 'write gatewayApi.channel: "experimental"' : "use 301 or 302"}, or routing: "istio"`,
      }),
    );
}

function warnOfFeatures(route: RouteArgs, path: string): readonly string[] {
  return features
    .filter(({ isUsed }) => isUsed(route))
    .map(
      ({ member, since, experimental }) =>
        `${path}.${member} needs definitions of the Gateway API from ${since} on${experimental ? ', or of the channel "experimental"' : ""}. ` +
        `They are not installed here: see which ones the cluster has.`,
    );
}

function checkRoute({ fault, retries, path: routePath, pathType, rewritePath }: RouteArgs, path: string) {
  const prefix = (pathType ?? PathType.Prefix) === PathType.Prefix;
  return [
    ...problemIf(fault !== undefined, `${path}.fault`, {
      given: fault,
      allowed: 'nothing with routing "gateway-api": HTTPRoutes have no faults',
      suggestion: 'remove it, or write routing: "istio"',
    }),
    ...(retries?.on ?? []).flatMap((condition, index) =>
      problemIf(!isStatus(condition) && !connectionConditions.includes(condition), `${path}.retries.on[${index}]`, {
        given: condition,
        allowed: `with routing "gateway-api" status codes, and ${oneOf(connectionConditions)}`,
        suggestion: 'write status codes such as "503", or routing: "istio"',
      }),
    ),
    // Istio replaces the slash too: source as in virtual-service-rule.ts
    ...problemIf(
      prefix && (routePath ?? "/") === "/" && rewritePath !== undefined && rewritePath !== "/",
      `${path}.rewritePath`,
      {
        given: rewritePath,
        allowed: 'with routing "gateway-api" another path than "/": Istio would make "/v2items" of "/items"',
        suggestion: 'write the beginning of the path that is replaced, or routing: "istio"',
      },
    ),
  ];
}

/** Source: the Gateway API's HTTPRouteSpec */
const [mostRules, mostMatches] = [16, 128];

function checkSizes({ routes }: IngressSettings, path: string): readonly Problem[] {
  return byPath(routes).flatMap((group) => {
    const rules = group.routes.flatMap((route) => planRules(route, ""));
    const matches = rules.flatMap((rule) => rule["matches"]);
    return problemIf(rules.length > mostRules || matches.length > mostMatches, `${path}.routes`, {
      given: `${rules.length} rules with ${matches.length} matches for ${group.host}${group.path}`,
      allowed: `with routing "gateway-api" at most ${mostRules} rules with ${mostMatches} matches for one host and path`,
      suggestion: 'write fewer conditions or methods, or routing: "istio"',
    });
  });
}

/** Of two such HTTPRoutes Istio compares the older one first. */
function warnOfEqualExpressions({ routes }: IngressSettings, path: string): readonly string[] {
  const expressions = routes.filter(({ match }) => match.pathType === PathType.Regex);
  return expressions.flatMap((one, index) =>
    expressions
      .slice(index + 1)
      .filter((other) => one.host === other.host && one.path !== other.path && one.path.length === other.path.length)
      .map(
        (other) =>
          `${path}.routes: ${matchText(one)} and ${matchText(other)} are equally long. Of such HTTPRoutes the older one ` +
          `gets the requests that both match. Make one longer, for example by (?:…).`,
      ),
  );
}
