/**
 * Members of the arguments whose names are settled and whose work is still to come. Using one is a problem that says so.
 */
import type { AddonArgs } from "./inputs/addon-args";

/** Where traffic out of the mesh may go. */
export const EgressPolicy = { AllowAny: "allow-any", RegistryOnly: "registry-only" } as const;
export type EgressPolicy = (typeof EgressPolicy)[keyof typeof EgressPolicy];

/** Outbound traffic. Not available yet. */
export interface EgressArgs {
  /** @defaultValue `"allow-any"` */
  policy?: EgressPolicy;
  /** Lead it through a gateway. @defaultValue `false` */
  gateway?: boolean;
  /** Hosts that may be reached. */
  hosts?: string[];
}

/** Add-ons; each is on when its block is there. Not available yet. */
export interface AddonsArgs {
  /** Metrics. */
  prometheus?: AddonArgs;
  /** Dashboards. */
  grafana?: AddonArgs;
  /** The mesh's own console. */
  kiali?: AddonArgs;
  /** Traces. */
  jaeger?: AddonArgs;
  /** The EKS add-on amazon-cloudwatch-observability. */
  cloudwatch?: AddonArgs;
}

/** How strictly pods' security groups are enforced. */
export const PodSecurityGroupEnforcingMode = { Standard: "standard", Strict: "strict" } as const;
export type PodSecurityGroupEnforcingMode =
  (typeof PodSecurityGroupEnforcingMode)[keyof typeof PodSecurityGroupEnforcingMode];

/** The VPC CNI's settings for pods with security groups of their own. Not available yet. */
export interface VpcCniArgs {
  /** Untouched unless set. */
  podSecurityGroupEnforcingMode?: PodSecurityGroupEnforcingMode;
  /** `patch`, for a self-managed aws-node only. */
  apply?: string;
}
