import type { InputValue, ListInput, NumberInput } from "./input-value";
import type { Planned } from "./planned";

declare const accepted: unique symbol;

/** A description that EC2 accepts: only `ec2Description` of inputs/ makes one. */
export type Ec2Description = string & { readonly [accepted]: "EC2 description" };

/** The security group of one load balancer. */
export interface SecurityGroupPlan extends Planned {
  readonly ingress: string;
  readonly vpcId: InputValue;
  readonly description: Ec2Description;
  readonly tags: Readonly<Record<string, InputValue>>;
}

/** One rule of a security group: TCP, one port or a range of ports, one peer; or one for each range of a list. */
export interface SecurityGroupRulePlan extends Planned {
  readonly direction: "ingress" | "egress";
  readonly securityGroupId: InputValue;
  readonly port: NumberInput;
  /** The last port of a range that begins with `port`; undefined: that port only. */
  readonly lastPort?: number;
  readonly peer: RulePeer;
  readonly description: Ec2Description;
  readonly tags: Readonly<Record<string, InputValue>>;
}

/** Ranges of which it is known later how many there are. */
export type RangesPeer = ({ readonly cidrsIpv4: ListInput } | { readonly cidrsIpv6: ListInput }) & {
  /** Logical name that the rule of a range has where the user names the range. */
  readonly formerName?: (range: string) => string;
};

/** Who is at the other end of a rule. For each of `cidrsIpv4` or `cidrsIpv6` AWS wants a rule of its own. */
export type RulePeer =
  | { readonly cidrIpv4: InputValue }
  | RangesPeer
  | { readonly cidrIpv6: InputValue }
  | { readonly prefixListId: InputValue }
  | { readonly securityGroupId: InputValue };
