import type { Leaf, Tree } from "./leaf";
import type { Planned } from "./planned";

/** An add-on that EKS itself installs and keeps. */
export interface EksAddonPlan extends Planned {
  readonly clusterName: Leaf;
  readonly addonName: string;
  /** None: the one that EKS holds to be right for the cluster. */
  readonly version: string | undefined;
  readonly configuration: Tree;
  readonly serviceAccount: string;
  /** Logical name of the role that its pods get. */
  readonly role: string;
  readonly tags: Readonly<Record<string, Leaf>>;
}
