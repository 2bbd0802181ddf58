import type { InputValue } from "../../plan/input-value";
import type { IngressSettings } from "../../plan/ingress-settings";
import { strategyFor } from ".";

/**
 * What the IAM role of a cluster in EKS Auto Mode lacks to make load balancers with tags of one's own: the managed policy
 * AmazonEKSLoadBalancingPolicy allows the tags of EKS only, and AWS refuses the whole request.
 *
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/auto-cluster-iam-role.html#tag-prop
 */
export const autoModeTagStatement = {
  Sid: "TagLoadBalancers",
  Effect: "Allow",
  Action: [
    "elasticloadbalancing:CreateLoadBalancer",
    "elasticloadbalancing:CreateTargetGroup",
    "elasticloadbalancing:CreateListener",
    "elasticloadbalancing:CreateRule",
  ],
  Resource: "*",
  Condition: { StringEquals: { "aws:RequestTag/eks:eks-cluster-name": "${aws:PrincipalTag/eks:eks-cluster-name}" } },
} as const;

/** The annotation with which the user tags the load balancer of an ingress. */
export function tagAnnotation(ingress: IngressSettings): string {
  const { prefix, tags } = strategyFor(ingress).module.annotations;
  return `${prefix}${tags}`;
}

/** Warns that EKS Auto Mode leaves `tags` off the load balancers, and states how to add them. */
export function warnOfAutoModeTags(
  tags: Readonly<Record<string, InputValue>>,
  ingresses: readonly IngressSettings[],
): readonly string[] {
  const untagged = ingresses.filter((ingress) => !(tagAnnotation(ingress) in ingress.annotations));
  if (Object.keys(tags).length === 0 || untagged.length === 0) return [];
  const annotations = [...new Set(untagged.map(tagAnnotation))].sort().join('" and "');
  // A map of ingresses has no order of its own.
  const names = untagged.map(({ name }) => name).sort();
  return [
    `tags: EKS Auto Mode may not tag load balancers with tags of your own, and would make none. They are left off the load ` +
      `balancers of ${names.join(", ")}; everything else has them. To tag these too, add this ` +
      `statement to the IAM role of the cluster, then write the tags in annotations as "${annotations}": ` +
      JSON.stringify(autoModeTagStatement),
  ];
}
