import type { LateText, Leaf } from "./leaf";
import type { Planned } from "./planned";

/** An IAM role for the pods of one ServiceAccount, by EKS Pod Identity. */
export interface PodRolePlan extends Planned {
  /** What it is for, as IAM shows it. */
  readonly description: string;
  /** Who may take it, as a policy document. */
  readonly trust: LateText;
  /** What it may do. */
  readonly permissions: PermissionsPlan;
  /** The pods that get it. */
  readonly association: PodIdentityPlan;
  readonly tags: Readonly<Record<string, Leaf>>;
}

/** A policy document, and the logical name of the resource that holds it. */
export interface PermissionsPlan {
  readonly name: string;
  readonly document: LateText;
}

export interface PodIdentityPlan {
  /** Logical name of the association. */
  readonly name: string;
  readonly clusterName: Leaf;
  readonly namespace: string;
  readonly serviceAccount: string;
}
