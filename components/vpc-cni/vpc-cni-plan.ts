import { logicalNames } from "../logical-names";
import type { KubernetesObjectPlan } from "../plan/kubernetes-object";
import type { VpcCniSettings } from "../plan/settings";
import type { Tree } from "../plan/input-value";
import { vpcCniEnvironment } from "./vpc-cni-environment";

/**
 * Plans the patch of `aws-node`: single variables, beside all others. Another mode is another patch, which
 * takes the variables over from the one before: what is in a patch Pulumi cannot compare.
 */
export function planVpcCni(settings: VpcCniSettings | undefined): readonly KubernetesObjectPlan[] {
  if (settings === undefined) return [];
  const { node, init } = vpcCniEnvironment(settings.podSecurityGroupEnforcingMode);
  const initContainers = [{ name: "aws-vpc-cni-init", env: variables(init) }];
  return [
    {
      name: logicalNames.vpcCni(settings.podSecurityGroupEnforcingMode),
      after: [],
      apiVersion: "apps/v1",
      kind: "DaemonSet",
      patch: true,
      metadata: { name: "aws-node", namespace: "kube-system" },
      body: {
        spec: {
          template: {
            spec: {
              containers: [{ name: "aws-node", env: variables(node) }],
              ...(Object.keys(init).length === 0 ? {} : { initContainers }),
            },
          },
        },
      },
    },
  ];
}

function variables(environment: Readonly<Record<string, string>>): readonly Tree[] {
  return Object.entries(environment).map(([name, value]) => ({ name, value }));
}
