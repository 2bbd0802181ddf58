import type { z } from "zod";
import { field } from "../inputs/form";
import { routeHost } from "../inputs/hostname";
import { wholeNumber } from "../inputs/number";
import { shape } from "../inputs/shape";
import { kubernetesName, urlPath } from "../inputs/text";

/**
 * Leads the requests for a host and path to a Service. Several routes of one host and path share the requests by weight:
 * a canary is a change of two numbers.
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
   *
   * @defaultValue `"/"`, every path
   */
  path?: string;
  /** Name of the Service. */
  service: string;
  /** Its namespace; one of `namespaces`, if the way to its pods is to be encrypted. */
  namespace: string;
  /** Port of the Service, 1 to 65535. */
  port: number;
  /**
   * Share of the requests in percent, among the routes of one host and path, which together make 100.
   *
   * @defaultValue `100`
   * @remarks Changing it changes one object in place.
   */
  weight?: number;
}

export const routeShape = shape({
  host: field(routeHost),
  path: field(urlPath).optional(),
  service: field(kubernetesName),
  namespace: field(kubernetesName),
  port: field(wholeNumber(1, 65_535)),
  weight: field(wholeNumber(0, 100)).optional(),
} satisfies Record<keyof RouteArgs, z.ZodType>);
