import { choice } from "../inputs/choice";
import { PodSecurityGroupEnforcingMode } from "../plan/enums";
import { vpcCniEnvironment } from "./vpc-cni-environment";

/** What else the add-on is configured with, as its `configurationValues` have it. */
export interface VpcCniConfiguration {
  /** Environment of the container `aws-node`; all values are texts. */
  env?: { [variable: string]: string };
  /** The init container. */
  init?: { env?: { [variable: string]: string } };
  /** Whatever else the add-on knows. */
  [member: string]: unknown;
}

/**
 * The `configurationValues` of the managed add-on `vpc-cni`, as JSON: the mode, and whatever else you configure it with.
 *
 * ```ts
 * new aws.eks.Addon("vpc-cni", {
 *   clusterName: "production",
 *   addonName: "vpc-cni",
 *   configurationValues: vpcCniConfiguration("standard", { env: { ENABLE_POD_ENI: "true" } }),
 * });
 * ```
 *
 * @throws Error if the mode is none.
 */
export function vpcCniConfiguration(mode: PodSecurityGroupEnforcingMode, others: VpcCniConfiguration = {}): string {
  const { allowed, check } = choice(PodSecurityGroupEnforcingMode);
  const suggestion = check(mode);
  if (suggestion !== undefined) throw new Error(`istio-eks: the mode is ${allowed}: ${suggestion}`);
  const { node, init } = vpcCniEnvironment(mode);
  const initEnvironment = { ...others.init?.env, ...init };
  return JSON.stringify({
    ...others,
    env: { ...others.env, ...node },
    ...(Object.keys(initEnvironment).length === 0 ? {} : { init: { ...others.init, env: initEnvironment } }),
  });
}
