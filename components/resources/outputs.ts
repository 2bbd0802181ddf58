import * as pulumi from "@pulumi/pulumi";
import type { Interpolation } from "../plan/input-value";
import type { IngressOutputs, IngressOutputsPlan } from "../plan/outputs";

/** The outputs of all ingresses by name. */
export function ingressOutputs(
  plans: readonly IngressOutputsPlan[],
): pulumi.Output<{ [name: string]: IngressOutputs }> {
  const byName = plans.map(({ name, hostname, url, securityGroupId, certificateArn }) => [
    name,
    { hostname, url: urlOf(url), securityGroupId, ...(certificateArn === undefined ? {} : { certificateArn }) },
  ]);
  return pulumi.output(Object.fromEntries(byName) as { [name: string]: pulumi.Unwrap<IngressOutputs> });
}

/** Puts an address together; it is undefined where a part of it is, as with mocks that make no load balancer. */
export function urlOf({ concat }: Interpolation): pulumi.Output<string> {
  return pulumi.all([...concat]).apply((parts: readonly (string | undefined)[]) => {
    return parts.includes(undefined) ? undefined : parts.join("");
  }) as pulumi.Output<string>;
}
