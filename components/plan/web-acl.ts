import type { InputValue } from "./input-value";
import type { Planned } from "./planned";

/** A web ACL of AWS WAF for one load balancer, with one rule: a limit of requests by client address. */
export interface WebAclPlan extends Planned {
  readonly ingress: string;
  readonly description: string;
  /** Name of the rule, and of the metrics in CloudWatch. */
  readonly rule: string;
  /** Requests of one address within `windowSeconds`. */
  readonly limit: number;
  readonly windowSeconds: number;
  /** HTTP status of the answer. */
  readonly responseCode: number;
  readonly tags: Readonly<Record<string, InputValue>>;
}
