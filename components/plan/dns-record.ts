import type { Leaf } from "./leaf";
import type { Planned } from "./planned";

/** A Route 53 alias record that points a hostname at a load balancer. */
export interface AliasRecordPlan extends Planned {
  readonly type: "A" | "AAAA";
  readonly hostname: string;
  readonly zoneId: Leaf;
  readonly target: { readonly hostname: Leaf; readonly zoneId: Leaf };
  readonly evaluateTargetHealth: boolean;
}
