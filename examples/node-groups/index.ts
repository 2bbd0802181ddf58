/**
 * I have nothing yet, and want nodes of my own: a VPC, a cluster with a managed node group, the AWS Load Balancer
 * Controller with its rights by Pod Identity, and Istio with sidecars behind an Application Load Balancer.
 *
 * The mesh depends on the controller: it is installed when the controller is ready, and `pulumi destroy` removes the load
 * balancers while the controller is still there to remove them.
 *
 *     pulumi up
 */
import * as aws from "@pulumi/aws";
import * as eks from "@pulumi/eks";
import { IstioMesh } from "istio-eks";
import { makeNetwork } from "../network";
import { installLoadBalancerController } from "./load-balancer-controller";

const network = makeNetwork("cluster");

const nodeRole = new aws.iam.Role("node-role", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
});
const nodePolicies = ["AmazonEKSWorkerNodePolicy", "AmazonEKS_CNI_Policy", "AmazonEC2ContainerRegistryPullOnly"].map(
  (policy) =>
    new aws.iam.RolePolicyAttachment(policy, { role: nodeRole, policyArn: `arn:aws:iam::aws:policy/${policy}` }),
);

const cluster = new eks.Cluster("cluster", {
  vpcId: network.vpcId,
  publicSubnetIds: [...network.publicSubnetIds],
  privateSubnetIds: [...network.privateSubnetIds],
  authenticationMode: eks.AuthenticationMode.Api,
  skipDefaultNodeGroup: true,
});
const nodes = new eks.ManagedNodeGroup(
  "nodes",
  {
    cluster,
    nodeRole,
    instanceTypes: ["m7g.large", "m6g.large"],
    amiType: "AL2023_ARM_64_STANDARD",
    scalingConfig: { minSize: 3, desiredSize: 3, maxSize: 6 },
    subnetIds: [...network.privateSubnetIds],
  },
  { dependsOn: nodePolicies },
);

const controller = installLoadBalancerController({ cluster, vpcId: network.vpcId, nodes });

const mesh = new IstioMesh(
  "mesh",
  {
    mode: "sidecar",
    // Managed nodes carry the cluster security group, and no other.
    cluster: { eksCluster: cluster, nodeSecurityGroupIds: [] },
    ingress: { strategy: "alb", scheme: "internet-facing" },
    namespaces: { shop: {} },
  },
  { dependsOn: [controller] },
);

export const kubeconfig = cluster.kubeconfig;
export const { url, enrolmentLabels } = mesh;
