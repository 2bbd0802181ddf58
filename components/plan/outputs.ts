import type { Interpolation, InputValue } from "./input-value";

/** The outputs of one ingress. */
export interface IngressOutputs {
  /** DNS name of the load balancer. */
  hostname: string;
  /** Address to open in a browser. */
  url: string;
  /** Id of the load balancer's security group. */
  securityGroupId: string;
  /** ARN of the load balancer's certificate, if it has one. */
  certificateArn?: string;
}

/** The same, before it is made. */
export interface IngressOutputsPlan {
  readonly name: string;
  readonly namespace: string;
  readonly hostname: InputValue;
  readonly url: Interpolation;
  readonly securityGroupId: InputValue;
  readonly certificateArn: InputValue | undefined;
}

export interface OutputsPlan {
  readonly ingresses: readonly IngressOutputsPlan[];
  readonly namespace: string;
  readonly version: string;
  readonly revision: string;
  readonly enrolmentLabels: Readonly<Record<string, string>>;
}
