import type { Interpolation, InputValue } from "./input-value";
import type { Planned } from "./planned";

/** An IAM role for the pods of one ServiceAccount, by EKS Pod Identity. */
export interface PodRolePlan extends Planned {
  /** What it is for, as IAM shows it. */
  readonly description: string;
  /** Who may take it, as a policy document. */
  readonly trust: Interpolation;
  /** What it may do. */
  readonly permissions: PermissionsPlan;
  /** Gives it to the pods; none: EKS does, for an add-on of its own. */
  readonly association: PodIdentityPlan | undefined;
  readonly tags: Readonly<Record<string, InputValue>>;
  /** ARN of the policy that limits what it may do; none: nothing but `permissions` does. */
  readonly permissionsBoundary: InputValue | undefined;
}

/** A policy document, and the logical name of the resource that holds it. */
export interface PermissionsPlan {
  readonly name: string;
  readonly document: Interpolation;
}

export interface PodIdentityPlan {
  /** Logical name of the association. */
  readonly name: string;
  readonly clusterName: InputValue;
  readonly namespace: string;
  readonly serviceAccount: string;
}
