import { Cluster } from "@pulumi/eks";
import type { RecordingSettings } from "./recorded";

/** What a cluster made by `@pulumi/eks` turns out to be. */
const cluster = {
  eksCluster: {
    name: "made-here-eksCluster-1234567",
    arn: "arn:aws:eks:eu-west-1:123456789012:cluster/made-here-eksCluster-1234567",
    region: "eu-west-1",
    vpcConfig: { vpcId: "vpc-0made0here0000000", clusterSecurityGroupId: "sg-0made0cluster00000" },
  },
  // Made by @pulumi/eks beside the one that EKS itself makes; managed nodes do not carry it.
  clusterSecurityGroupId: "sg-0made0additional00",
  nodeSecurityGroupId: "sg-0made0nodes000000",
  kubeconfig: { "current-context": "made-here" },
  kubeconfigJson: '{"current-context":"made-here"}',
};

/** Recording settings under which `new eks.Cluster` turns out to be this one; `changed` differs from it. */
export function withEksCluster(changed: Partial<typeof cluster> = {}): RecordingSettings {
  return { states: { "eks:index:Cluster": { ...cluster, ...changed } } };
}

/** A cluster of the same program. */
export function makeEksCluster(): Cluster {
  return new Cluster("made-here", {});
}
