import type { InputValue } from "./input-value";
import type { Planned } from "./planned";

/** A Route 53 alias record that points a hostname at a load balancer. */
export interface AliasRecordPlan extends Planned {
  readonly type: "A" | "AAAA";
  readonly hostname: string;
  readonly zoneId: InputValue;
  readonly target: { readonly hostname: InputValue; readonly zoneId: InputValue };
  readonly evaluateTargetHealth: boolean;
}
