import type { z } from "zod";
import { field } from "../inputs/form";
import { wholeNumber } from "../inputs/number";
import { problemIf } from "../inputs/problem";
import { shape } from "../inputs/shape";
import type { HealthCheckSettings } from "../plan/ingress-settings";
import type { Resolved } from "../plan/problem";
import type { IngressStrategyModule } from "./strategies/strategy";

/**
 * How the load balancer asks whether a gateway pod is ready. It asks the gateway's status port (15021,
 * `/healthz/ready`): the traffic ports answer 404, or nothing, until a route exists.
 */
export interface HealthCheckArgs {
  /** Successful health checks in a row after which a target counts as healthy, 2 to 10. @defaultValue `3` @example `2` */
  healthyThreshold?: number;
  /** Failed health checks in a row after which a target counts as unhealthy, 2 to 10. @defaultValue `3` @example `2` */
  unhealthyThreshold?: number;
  /** Seconds without an answer after which a health check has failed, 2 to 120. @defaultValue `5` @example `3` */
  timeoutSeconds?: number;
  /**
   * Seconds between two health checks of a target, 5 to 300.
   *
   * @defaultValue `10`
   * @remarks Changing it with an NLB replaces the target groups.
   * @example `15`
   */
  intervalSeconds?: number;
}

/** Limits: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html */
export const healthCheckShape = shape({
  healthyThreshold: field(wholeNumber(2, 10)).optional(),
  unhealthyThreshold: field(wholeNumber(2, 10)).optional(),
  timeoutSeconds: field(wholeNumber(2, 120)).optional(),
  intervalSeconds: field(wholeNumber(5, 300)).optional(),
} satisfies Record<keyof HealthCheckArgs, z.ZodType>);

/** What the health check must know of the ingress around it. */
export interface HealthCheckContext {
  readonly path: string;
  readonly strategy: Pick<IngressStrategyModule, "longestTimeoutSeconds">;
}

/** Fills in the defaults; the timeout has to fit into the interval. */
export function resolveHealthCheck(
  args: HealthCheckArgs,
  { path, strategy }: HealthCheckContext,
): Resolved<HealthCheckSettings> {
  const settings = {
    healthyThreshold: args.healthyThreshold ?? 3,
    unhealthyThreshold: args.unhealthyThreshold ?? 3,
    timeoutSeconds: args.timeoutSeconds ?? 5,
    intervalSeconds: args.intervalSeconds ?? 10,
  };
  const most = strategy.longestTimeoutSeconds(settings.intervalSeconds);
  return {
    settings,
    problems: problemIf(settings.timeoutSeconds > most, `${path}.timeoutSeconds`, {
      given: settings.timeoutSeconds,
      allowed: `at most ${most}, with an interval of ${settings.intervalSeconds} seconds`,
      suggestion: "lower timeoutSeconds or raise intervalSeconds",
    }),
    warnings: [],
  };
}
