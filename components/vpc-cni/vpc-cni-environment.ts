import type { PodSecurityGroupEnforcingMode } from "../plan/enums";

/** Environment of the VPC CNI's containers, by the name of a variable. */
export interface VpcCniEnvironment {
  /** Of the container `aws-node`. */
  readonly node: Readonly<Record<string, string>>;
  /** Of the init container `aws-vpc-cni-init`. */
  readonly init: Readonly<Record<string, string>>;
}

/**
 * The environment for a mode. In `strict` the kubelet's TCP probes reach pods with security groups only without early
 * demultiplexing, and so does Istio's own way around it.
 *
 * Source: https://github.com/aws/amazon-vpc-cni-k8s#pod_security_group_enforcing_mode-v1110
 */
export function vpcCniEnvironment(mode: PodSecurityGroupEnforcingMode): VpcCniEnvironment {
  const node = { POD_SECURITY_GROUP_ENFORCING_MODE: mode };
  return { node, init: mode === "strict" ? { DISABLE_TCP_EARLY_DEMUX: "true" } : {} };
}
