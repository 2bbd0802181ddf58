import type { z } from "zod";
import { field } from "../../inputs/form";
import { wholeNumber } from "../../inputs/number";
import { problemIf } from "../../inputs/problem";
import { shape } from "../../inputs/shape";
import type { RateLimitSettings } from "../../plan/ingress-settings";
import type { Resolved } from "../../plan/problem";

/**
 * A limit of requests in each gateway pod; what exceeds it is answered with 429. It is a filter of Envoy that Istio has no API
 * for, and is tested with the versions of the reference.
 */
export interface RateLimitArgs {
  /**
   * Requests per second that a pod takes, 1 to 1000000, by Envoy's token bucket. Each port of the pod has a bucket, and where the
   * gateway ends TLS each hostname.
   *
   * @example `100`
   */
  requestsPerSecond: number;
  /**
   * Requests that a pod takes at once after a quiet time, at least `requestsPerSecond` and at most 1000000.
   *
   * @defaultValue `requestsPerSecond`
   * @example `200`
   */
  burst?: number;
}

export const rateLimitShape = shape({
  requestsPerSecond: field(wholeNumber(1, 1_000_000)),
  burst: field(wholeNumber(1, 1_000_000)).optional(),
} satisfies Record<keyof RateLimitArgs, z.ZodType>);

/** Fills in the defaults of `rateLimit` and checks it. */
export function resolveRateLimit(
  args: RateLimitArgs | undefined,
  path: string,
): Resolved<RateLimitSettings | undefined> {
  if (args === undefined) return { settings: undefined, problems: [], warnings: [] };
  const { requestsPerSecond, burst = requestsPerSecond } = args;
  return {
    settings: { requestsPerSecond, burst },
    problems: problemIf(burst < requestsPerSecond, `${path}.burst`, {
      given: burst,
      allowed: `${requestsPerSecond} or more: a bucket that holds less never lets requestsPerSecond through`,
      suggestion: "write a greater one, or remove it",
    }),
    warnings: [],
  };
}
