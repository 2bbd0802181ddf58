import type { InputValue } from "./input-value";
import type { Planned } from "./planned";

/** A role that an identity of AWS takes on. */
export interface AssumedRole {
  readonly roleArn: string;
  readonly externalId?: string;
}

/** A provider of AWS that acts in a role. */
export interface AwsProviderPlan extends Planned {
  readonly roleArn: InputValue;
  readonly region: InputValue;
}
