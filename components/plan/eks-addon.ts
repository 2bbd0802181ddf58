import type { InputValue, Tree } from "./input-value";
import type { Planned } from "./planned";

/** An add-on that EKS itself installs and keeps. */
export interface EksAddonPlan extends Planned {
  readonly clusterName: InputValue;
  readonly addonName: string;
  /** None: the one that EKS holds to be right for the cluster. */
  readonly version: string | undefined;
  /** Empty: the add-on's own. */
  readonly configuration: Tree;
  readonly serviceAccount: string;
  /** The role that its pods get. */
  readonly roleArn: InputValue;
  readonly tags: Readonly<Record<string, InputValue>>;
}
