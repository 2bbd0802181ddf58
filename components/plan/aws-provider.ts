import type { Leaf } from "./leaf";
import type { Planned } from "./planned";

/** A provider of AWS that acts in a role. */
export interface AwsProviderPlan extends Planned {
  readonly roleArn: Leaf;
  readonly region: Leaf;
}
