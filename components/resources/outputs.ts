import * as pulumi from "@pulumi/pulumi";
import type { IngressOutputs, IngressOutputsPlan } from "../plan/outputs";
import { textOf } from "./late-text";

/** The outputs of all ingresses by name. */
export function ingressOutputs(
  plans: readonly IngressOutputsPlan[],
): pulumi.Output<{ [name: string]: IngressOutputs }> {
  const byName = plans.map(({ name, hostname, url, securityGroupId, certificateArn }) => [
    name,
    { hostname, url: textOf(url), securityGroupId, ...(certificateArn === undefined ? {} : { certificateArn }) },
  ]);
  return pulumi.output(Object.fromEntries(byName) as { [name: string]: pulumi.Unwrap<IngressOutputs> });
}
