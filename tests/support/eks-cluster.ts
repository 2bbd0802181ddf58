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
export function withEksCluster({ kubernetesNetworkConfig, ...changed }: ChangedCluster = {}): RecordingSettings {
  const known = { ...cluster, ...changed };
  const network = kubernetesNetworkConfig === undefined ? {} : { kubernetesNetworkConfig };
  return { states: { "eks:index:Cluster": { ...known, eksCluster: { ...known.eksCluster, ...network } } } };
}

interface ChangedCluster extends Partial<typeof cluster> {
  readonly kubernetesNetworkConfig?: { readonly ipFamily: string };
}

/** The same for a cluster with a logical name of its own: `@pulumi/eks` calls it `<name>-eksCluster-<7 characters>`. */
export function withEksClusterCalled(name: string): RecordingSettings {
  return withEksCluster({ eksCluster: { ...cluster.eksCluster, name: `${name}-eksCluster-1a2b3c4` } });
}

/** A cluster of the same program. */
export function makeEksCluster(): Cluster {
  return new Cluster("made-here", {});
}
