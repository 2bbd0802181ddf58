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
  /** Good answers until a target counts as healthy, 2 to 10. @defaultValue `3` */
  healthyThreshold?: number;
  /** Bad answers until it no longer does, 2 to 10. @defaultValue `3` */
  unhealthyThreshold?: number;
  /** Seconds until no answer is a bad one, 2 to 120. @defaultValue `5` */
  timeoutSeconds?: number;
  /** Seconds between questions, 5 to 300. @defaultValue `10` @remarks Changing it with an NLB replaces the target groups. */
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
