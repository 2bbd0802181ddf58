import type { GatewaySettings } from "../../plan/gateway-settings";

/** The attribute of a target group that every load balancer has: how long AWS waits for requests in flight. */
export const deregistrationDelay = "deregistration_delay.timeout_seconds";

/** The one that only an NLB has: connections that are left then are closed, and not forgotten. */
export const connectionTermination = "deregistration_delay.connection_termination.enabled";

/** Where `drainSeconds` goes in a target group: a target that is removed is given as long as its pods take to drain. */
export function drainAttributes({ drainSeconds }: GatewaySettings): Readonly<Record<string, number>> {
  return drainSeconds === undefined ? {} : { [deregistrationDelay]: drainSeconds };
}
