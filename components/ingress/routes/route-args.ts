import { z } from "zod";
import { choice } from "../../inputs/choice";
import { field, type Form } from "../../inputs/form";
import { routeHost } from "../../inputs/network/hostname";
import { headerValue, httpMethod, queryValue, seconds, conditionName } from "../../inputs/network/http";
import { wholeNumber } from "../../inputs/number";
import { pathExpression } from "../../inputs/network/regular-expression";
import { mapOf, shape } from "../../inputs/shape";
import { exactPath, kubernetesName, urlPath } from "../../inputs/text";
import { PathType } from "../../plan/enums";
import {
  corsShape,
  faultShape,
  headersShape,
  mirrorShape,
  redirectShape,
  retriesShape,
  type RouteCorsArgs,
  type RouteFaultArgs,
  type RouteHeadersArgs,
  type RouteMirrorArgs,
  type RouteRedirectArgs,
  type RouteRetriesArgs,
} from "./route-policy-args";

/**
 * Leads the requests for a host and path to a Service. Several routes of one host and path share the requests by weight:
 * a canary is a change of two numbers. Routes with `methods`, `headers` or `queryParams` take only requests that have all of
 * these; whatever the order you write them in, the most specific route that fits a request takes it: an exact path before a
 * prefix before a regular expression, the longer path first, then a route with methods, then the one with more headers, then
 * the one with more query parameters.
 */
export interface RouteArgs {
  /**
   * Host of the requests, one that the ingress serves; wildcards allowed. `"*"` for every host, where the ingress names
   * no `hostnames`.
   *
   * @example `"app.example.com"`
   */
  host: string;
  /**
   * Beginning of the path, in whole parts: `/cart` also takes `/cart/items`, but not `/cartoons`. The longest one wins.
   * With another `pathType` the whole path, or a regular expression for it.
   *
   * @defaultValue `"/"`, every path
   * @example `"/api"`
   */
  path?: string;
  /**
   * `prefix`, `exact`, or `regex`: RE2 syntax without lookaround, for the whole path.
   *
   * @defaultValue `"prefix"`
   * @remarks A regular expression comes after exact paths and prefixes, as with HTTPRoutes: one below a prefix of the same
   * host is never reached, and is refused.
   * @example `"exact"`
   */
  pathType?: PathType;
  /**
   * Methods of the requests.
   *
   * @defaultValue every method
   * @example `["GET", "HEAD"]`
   */
  methods?: string[];
  /**
   * Headers that requests must have, with their exact values. At most 16.
   *
   * @example `{ "x-beta": "yes" }`
   */
  headers?: { [name: string]: string };
  /**
   * Query parameters that requests must have, with their exact values. At most 16.
   *
   * @example `{ version: "2" }`
   */
  queryParams?: { [name: string]: string };
  /** Name of the Service. Required, except with `redirect`. @example `"checkout"` */
  service?: string;
  /**
   * Its namespace; one of `namespaces`, if the way to its pods is to be encrypted. Required, except with `redirect`.
   *
   * @example `"shop"`
   */
  namespace?: string;
  /** Port of the Service, 1 to 65535. Required, except with `redirect`. @example `8080` */
  port?: number;
  /**
   * Share of the requests in percent, among the routes with the same host, path and conditions, which together make 100 and
   * are alike in everything else.
   *
   * @defaultValue `100`
   * @remarks Changing it changes one object in place.
   * @example `10`
   */
  weight?: number;
  /**
   * Seconds after which the gateway answers 504, all retries included.
   *
   * @defaultValue none: the load balancer's idle timeout is the limit
   * @example `10`
   */
  timeoutSeconds?: number;
  /**
   * When a failed request is sent again.
   *
   * @defaultValue `istio.meshConfig.defaultHttpRetryPolicy`; Istio's own is 2 attempts where nothing has reached the Service
   * @remarks With `routing: "gateway-api"` it needs the Gateway API v1.7.0, or `gatewayApi.channel: "experimental"`.
   */
  retries?: RouteRetriesArgs;
  /** A Service that gets a copy of the requests. @defaultValue none */
  mirror?: RouteMirrorArgs;
  /** Faults on purpose, for tests. With `routing: "istio"` only. @defaultValue none */
  fault?: RouteFaultArgs;
  /**
   * The path that the Service sees: in the place of a prefix, or of the whole path with another `pathType`.
   *
   * @defaultValue that of the request
   * @example `"/"`, with path `/cart`: the Service sees `/cart/items` as `/items`
   */
  rewritePath?: string;
  /** Changes of the headers that the Service sees. @defaultValue none */
  requestHeaders?: RouteHeadersArgs;
  /** Changes of the headers that the client sees. @defaultValue none */
  responseHeaders?: RouteHeadersArgs;
  /** Sends the client elsewhere; the route then has no Service. @defaultValue none */
  redirect?: RouteRedirectArgs;
  /**
   * Which pages of other origins may read the answers in a browser.
   *
   * @defaultValue none: the application decides
   * @remarks With `routing: "gateway-api"` it needs the Gateway API v1.5.0, or `gatewayApi.channel: "experimental"`.
   */
  cors?: RouteCorsArgs;
}

const destinationForms: Readonly<Record<"service" | "namespace" | "port", Form>> = {
  service: kubernetesName,
  namespace: kubernetesName,
  port: wholeNumber(1, 65_535),
};

const pathForms: Readonly<Record<PathType, Form>> = {
  [PathType.Prefix]: urlPath,
  [PathType.Exact]: exactPath,
  [PathType.Regex]: pathExpression,
};

export const routeShape = shape({
  host: field(routeHost),
  path: field({ ...urlPath, check: () => undefined }).optional(),
  pathType: field(choice(PathType)).optional(),
  methods: z.array(field(httpMethod)).optional(),
  headers: mapOf(field(headerValue), conditionName).optional(),
  queryParams: mapOf(field(queryValue), conditionName).optional(),
  service: field(destinationForms.service).optional(),
  namespace: field(destinationForms.namespace).optional(),
  port: field(destinationForms.port).optional(),
  weight: field(wholeNumber(0, 100)).optional(),
  timeoutSeconds: field(seconds).optional(),
  retries: retriesShape.optional(),
  mirror: mirrorShape.optional(),
  fault: faultShape.optional(),
  rewritePath: field({ ...exactPath, check: () => undefined }).optional(),
  requestHeaders: headersShape.optional(),
  responseHeaders: headersShape.optional(),
  redirect: redirectShape.optional(),
  cors: corsShape.optional(),
} satisfies Record<keyof RouteArgs, z.ZodType>).superRefine((route, context) => {
  const given: Readonly<Record<string, unknown>> = route;
  const type = Object.values(PathType).find((one) => one === given["pathType"]) ?? PathType.Prefix;
  const rewritten = type === PathType.Prefix ? urlPath : exactPath;
  const required = given["redirect"] === undefined ? Object.entries(destinationForms) : [];
  const forms = [
    ...(given["path"] === undefined ? [] : [["path", pathForms[type]] as const]),
    ...(given["rewritePath"] === undefined ? [] : [["rewritePath", rewritten] as const]),
    ...required.filter(([name]) => given[name] === undefined),
  ];
  for (const [name, form] of forms) {
    const suggestion = form.check(given[name]);
    if (suggestion !== undefined)
      context.addIssue({ code: "custom", path: [name], message: form.allowed, params: { suggestion } });
  }
});
