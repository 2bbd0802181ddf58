import type { Leaf, Tree } from "./leaf";
import type { Planned } from "./planned";

/** An add-on that EKS itself installs and keeps. */
export interface EksAddonPlan extends Planned {
  readonly clusterName: Leaf;
  readonly addonName: string;
  /** None: the one that EKS holds to be right for the cluster. */
  readonly version: string | undefined;
  /** Empty: the add-on's own. */
  readonly configuration: Tree;
  readonly serviceAccount: string;
  /** The role that its pods get. */
  readonly roleArn: Leaf;
  readonly tags: Readonly<Record<string, Leaf>>;
}
