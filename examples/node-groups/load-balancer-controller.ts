import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as aws from "@pulumi/aws";
import type * as eks from "@pulumi/eks";
import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

const namespace = "kube-system";
const serviceAccount = "aws-load-balancer-controller";

export interface ControllerArgs {
  readonly cluster: eks.Cluster;
  readonly vpcId: pulumi.Input<string>;
  /** The nodes that it runs on. */
  readonly nodes: pulumi.Resource;
}

/** Installs the AWS Load Balancer Controller. Whatever has a load balancer `dependsOn` it, and so is removed before it. */
export function installLoadBalancerController({ cluster, vpcId, nodes }: ControllerArgs): k8s.helm.v3.Release {
  const clusterName = cluster.eksCluster.apply(({ name }) => name);
  const identity = makeIdentity(clusterName, nodes);
  return new k8s.helm.v3.Release(
    "load-balancer-controller",
    {
      name: "aws-load-balancer-controller",
      namespace,
      chart: "aws-load-balancer-controller",
      version: "3.5.0",
      repositoryOpts: { repo: "https://aws.github.io/eks-charts" },
      values: {
        clusterName,
        vpcId,
        region: aws.getRegionOutput().region,
        serviceAccount: { name: serviceAccount },
        // The mesh says itself whose its Services are. This webhook would stop every Service of the cluster while no
        // controller is ready.
        enableServiceMutatorWebhook: false,
      },
    },
    { provider: cluster.provider, dependsOn: [nodes, ...identity] },
  );
}

/** The rights of the controller's pods, by EKS Pod Identity: no key, and no annotation on the service account. */
function makeIdentity(clusterName: pulumi.Output<string>, nodes: pulumi.Resource): readonly pulumi.Resource[] {
  const agent = new aws.eks.Addon(
    "eks-pod-identity-agent",
    { clusterName, addonName: "eks-pod-identity-agent" },
    { dependsOn: [nodes] },
  );
  const role = new aws.iam.Role("load-balancer-controller-role", {
    assumeRolePolicy: {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "pods.eks.amazonaws.com" },
          Action: ["sts:AssumeRole", "sts:TagSession"],
        },
      ],
    },
  });
  const policy = new aws.iam.RolePolicy("load-balancer-controller-rights", {
    role: role.id,
    // docs/install/iam_policy.json of its repository; take the file of the version that you install.
    policy: readFileSync(join(__dirname, "load-balancer-controller-policy.json"), "utf8"),
  });
  const association = new aws.eks.PodIdentityAssociation("load-balancer-controller-identity", {
    ...{ clusterName, namespace, serviceAccount },
    roleArn: role.arn,
  });
  return [agent, policy, association];
}
