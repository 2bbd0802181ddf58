import { z } from "zod";
import { field, type Form } from "../../inputs/form";
import { domainName } from "../../inputs/network/hostname";
import {
  corsMethod,
  corsOrigin,
  headerName,
  retryCondition,
  seconds,
  share,
  writtenHeaderValue,
} from "../../inputs/network/http";
import { wholeNumber } from "../../inputs/number";
import { mapOf, shape } from "../../inputs/shape";
import { exactPath, kubernetesName } from "../../inputs/text";

/** When the gateway sends a failed request again. */
export interface RouteRetriesArgs {
  /** How many times, at the most, after the first attempt: 1 to 100. @example `3` */
  attempts: number;
  /**
   * What counts as failed: status codes in quotes, and conditions of
   * [Envoy](https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/router_filter#x-envoy-retry-on).
   *
   * @defaultValue `["connect-failure", "refused-stream", "unavailable", "cancelled"]`, Istio's own
   * @remarks With `routing: "gateway-api"` only status codes and these four, which Istio adds in any case.
   * @example `["503", "connect-failure"]`
   */
  on?: string[];
  /**
   * Seconds after which an attempt counts as failed; not more than the route's `timeoutSeconds`.
   *
   * @defaultValue none: an attempt may take as long as the request
   * @example `2`
   */
  perTryTimeoutSeconds?: number;
}

/** A Service that gets a copy of the requests. Its answers are dropped. */
export interface RouteMirrorArgs {
  /** Name of the Service. @example `"checkout-next"` */
  service: string;
  /** Its namespace. @example `"shop"` */
  namespace: string;
  /** Port of the Service, 1 to 65535. @example `8080` */
  port: number;
  /** Share of the requests that are copied, above 0, in percent. @defaultValue `100` @example `5` */
  percent?: number;
}

/** Faults that the gateway makes on purpose, to see how clients bear them. Not for production, and the plan warns. */
export interface RouteFaultArgs {
  /** Seconds by which requests are delayed. @defaultValue none: they are not delayed @example `2` */
  delaySeconds?: number;
  /**
   * HTTP status, 200 to 599, with which requests are answered.
   *
   * @defaultValue none: they are answered by the Service
   * @example `503`
   */
  abortStatus?: number;
  /** Share of the requests that this happens to, above 0, in percent. @defaultValue `100` @example `1` */
  percent?: number;
}

/** Changes of headers. A name may stand in one of the three only. */
export interface RouteHeadersArgs {
  /**
   * Headers with their values, in the place of what was there. A percent sign is written `%%`; Envoy replaces commands such
   * as `%REQ(x-request-id)%`.
   *
   * @example `{ "x-api-version": "2" }`
   */
  set?: { [name: string]: string };
  /** Headers with their values, besides what was there. @example `{ "x-gateway": "edge" }` */
  add?: { [name: string]: string };
  /** Names of headers that are taken away. @example `["x-internal-user"]` */
  remove?: string[];
}

/** An answer that sends the client elsewhere: host, path or both are others. With `tls` it leads to HTTPS. */
export interface RouteRedirectArgs {
  /** The other host. @defaultValue that of the request @example `"shop.example.com"` */
  host?: string;
  /** The other path, in the place of the whole path; the query stays. @defaultValue that of the request @example `"/new"` */
  path?: string;
  /**
   * 301, 302, 303, 307 or 308.
   *
   * @defaultValue `301`
   * @remarks With `routing: "gateway-api"`, 303, 307 and 308 need the Gateway API v1.5.0.
   * @example `308`
   */
  status?: number;
}

/** Which pages of other origins may read the answers in a browser. The gateway answers the preflight requests. */
export interface RouteCorsArgs {
  /**
   * Origins; `*` stands for the beginning of a host. `["*"]` is every origin.
   *
   * @example `["https://app.example.com", "https://*.example.org"]`
   */
  origins: string[];
  /**
   * Methods that those pages may use, `["*"]` for every one.
   *
   * @defaultValue those that browsers allow anyway: GET, HEAD and POST
   * @example `["GET", "PUT"]`
   */
  methods?: string[];
  /**
   * Headers that those pages may send, `["*"]` for every one.
   *
   * @defaultValue those that browsers allow anyway
   * @example `["content-type"]`
   */
  headers?: string[];
  /**
   * Seconds for which a browser remembers the answer to a preflight request.
   *
   * @defaultValue `5`, as browsers do
   * @example `600`
   */
  maxAgeSeconds?: number;
  /** Whether cookies and `Authorization` may be sent along. Not with `"*"`. @defaultValue `false` @example `true` */
  credentials?: boolean;
}

const statuses = [301, 302, 303, 307, 308];
const redirectStatus: Form = {
  allowed: `one of ${statuses.join(", ")}`,
  check: (given) => (statuses.some((status) => status === given) ? undefined : `write one of ${statuses.join(", ")}`),
};

export const retriesShape = shape({
  attempts: field(wholeNumber(1, 100)),
  on: z.array(field(retryCondition)).min(1, "at least one condition").optional(),
  perTryTimeoutSeconds: field(seconds).optional(),
} satisfies Record<keyof RouteRetriesArgs, z.ZodType>);

export const mirrorShape = shape({
  service: field(kubernetesName),
  namespace: field(kubernetesName),
  port: field(wholeNumber(1, 65_535)),
  percent: field(share).optional(),
} satisfies Record<keyof RouteMirrorArgs, z.ZodType>);

export const faultShape = shape({
  delaySeconds: field(seconds).optional(),
  abortStatus: field(wholeNumber(200, 599)).optional(),
  percent: field(share).optional(),
} satisfies Record<keyof RouteFaultArgs, z.ZodType>);

export const headersShape = shape({
  set: mapOf(field(writtenHeaderValue), headerName).optional(),
  add: mapOf(field(writtenHeaderValue), headerName).optional(),
  remove: z.array(field(headerName)).optional(),
} satisfies Record<keyof RouteHeadersArgs, z.ZodType>);

export const redirectShape = shape({
  host: field(domainName).optional(),
  path: field(exactPath).optional(),
  status: field(redirectStatus).optional(),
} satisfies Record<keyof RouteRedirectArgs, z.ZodType>);

export const corsShape = shape({
  origins: z.array(field(corsOrigin)).min(1, "at least one origin"),
  methods: z.array(field(corsMethod)).optional(),
  headers: z.array(field(headerName)).optional(),
  maxAgeSeconds: field(wholeNumber(1, 86_400)).optional(),
  credentials: z.boolean().optional(),
} satisfies Record<keyof RouteCorsArgs, z.ZodType>);
