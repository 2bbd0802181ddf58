import type { Leaf, NumberLeaf } from "./leaf";
import type { Planned } from "./planned";

/** The security group of one load balancer. */
export interface SecurityGroupPlan extends Planned {
  readonly ingress: string;
  readonly vpcId: Leaf;
  readonly description: string;
  readonly tags: Readonly<Record<string, Leaf>>;
}

/** One rule of a security group: TCP, one port, one peer. */
export interface SecurityGroupRulePlan extends Planned {
  readonly direction: "ingress" | "egress";
  readonly securityGroupId: Leaf;
  readonly port: NumberLeaf;
  readonly peer: { readonly cidrIpv4: Leaf } | { readonly cidrIpv6: string } | { readonly securityGroupId: Leaf };
  readonly description: string;
  readonly tags: Readonly<Record<string, Leaf>>;
}
