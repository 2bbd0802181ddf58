import type * as eks from "@pulumi/eks";
import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { clusterName, roleArn, securityGroupId, subnetId, vpcId } from "../inputs/aws/aws-id";
import { choice } from "../inputs/choice";
import { field, type Form } from "../inputs/form";
import { inputValue } from "../inputs/input-value";
import { duplicates } from "../inputs/list";
import { problemIf } from "../inputs/problem";
import { shape } from "../inputs/shape";
import { anyText } from "../inputs/text";
import type { Problem, Resolved } from "../plan/problem";
import type { ClusterSettings } from "../plan/settings";
import { IpFamily, LoadBalancerController } from "../plan/enums";

/**
 * The EKS cluster that the mesh is installed in: exactly one of `name` and `eksCluster`.
 *
 * The Kubernetes provider is the one in the component's `opts.providers`; else the one of `eksCluster`; else one made
 * from `kubeconfig`, or from a look-up of the cluster with `aws eks get-token` for credentials.
 *
 * Another cluster replaces every object in the cluster and every load balancer. So does another Kubernetes provider, unless its
 * `clusterIdentifier` is the cluster's ARN, as that of the component's own provider is (docs/upgrades.md).
 */
export interface ClusterArgs {
  /**
   * Name of an existing cluster, looked up with `aws.eks.getCluster`.
   *
   * @remarks Changing it replaces every object in the cluster, and with them every load balancer.
   * @example `"production"`
   */
  name?: pulumi.Input<string>;
  /**
   * A cluster made in the same program with `@pulumi/eks`; the mesh is then created after it and removed before it.
   *
   * @remarks Changing it replaces every object in the cluster, and with them every load balancer. Given in place of
   * `name` it may do so too, because its Kubernetes provider has no `clusterIdentifier`.
   * @example `new eks.Cluster("production")`
   */
  eksCluster?: eks.Cluster;
  /**
   * Kubeconfig as text, kept secret. With `name` it is used for the Kubernetes provider; in every case the command that
   * cleans up on destroy uses it. It must still be valid at destroy: no short-lived tokens. The provider is identified by
   * the cluster's ARN, which is looked up: to add, change or remove a kubeconfig replaces nothing.
   *
   * @defaultValue made from the look-up (credentials by `aws eks get-token`), or the one of `eksCluster`
   * @example `clusterStack.requireOutput("kubeconfig")`
   */
  kubeconfig?: pulumi.Input<string>;
  /**
   * IAM role with which Kubernetes is asked: the component's Kubernetes providers and the command that cleans up on destroy
   * get their tokens by `aws eks get-token --role-arn`. With `cleanup.waitForNetworkInterfaces` the command also asks EC2
   * with it. The role needs an access entry of the cluster; whoever runs Pulumi must be allowed to assume it
   * (`sts:AssumeRole`) with the credentials of `profile`.
   *
   * @defaultValue without `profile`, the role that Pulumi's AWS provider assumes: the last of `assumeRoles` in the
   * configuration of the stack, or of the `aws.Provider` in `opts.providers`
   * @example `"arn:aws:iam::123456789012:role/eks-deployer"`
   * @remarks
   * Not with `kubeconfig` or `eksCluster`, which bring their own credentials, unless `cleanup.waitForNetworkInterfaces` is
   * set. The `aws` command cannot use access keys or a web identity from the provider's configuration, roles assumed one
   * after another, or an external ID: a warning names `profile` and `roleArn`.
   */
  roleArn?: pulumi.Input<string>;
  /**
   * Profile of the AWS configuration files of whoever runs Pulumi, with which Kubernetes is asked, in the same places as
   * `roleArn`. The machine that runs `pulumi destroy` needs it too. It wins over credentials in environment variables.
   *
   * @defaultValue the profile of Pulumi's AWS provider (`aws:profile`, or that of the `aws.Provider` in `opts.providers`);
   * without one, the credentials that the `aws` command finds itself
   * @example `"production"`
   * @remarks
   * A profile may have a `role_arn`, a `source_profile` and an `external_id` of its own. Without `roleArn` no role is assumed
   * beyond it.
   */
  profile?: string;
  /**
   * The cluster security group, which EKS makes and its control plane carries.
   *
   * @defaultValue looked up
   * @example `"sg-0123456789abcdef0"`
   */
  securityGroupId?: pulumi.Input<string>;
  /**
   * Security groups of the nodes, if they are not the cluster security group: the load balancers' rules go there, and
   * the control plane is let in to istiod's webhooks (15017).
   *
   * @defaultValue the cluster security group; with `eksCluster` (not EKS Auto Mode) also its `nodeSecurityGroupId`
   * @example `["sg-0123456789abcdef0"]`
   */
  nodeSecurityGroupIds?: pulumi.Input<string>[];
  /**
   * Addresses of the cluster's pods and Services. It must be what the cluster was made with; `pulumi up` compares.
   *
   * With `"ipv6"` every load balancer is `dualstack`: the load balancer controller refuses one with IPv4 addresses only.
   *
   * @defaultValue `"ipv4"`
   * @example `"ipv6"`
   * @remarks
   * Behind node ports (an ALB, or an NLB with instance targets) each node needs a primary IPv6 address on its network
   * interface; Elastic Load Balancing refuses other nodes as IPv6 targets.
   */
  ipFamily?: IpFamily;
  /** VPC of the cluster. @defaultValue looked up @example `"vpc-0123456789abcdef0"` */
  vpcId?: pulumi.Input<string>;
  /**
   * Subnets for the load balancers of every ingress that names none itself; one per zone.
   *
   * @defaultValue chosen by the load balancer controller from subnet tags
   * @example `["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]`
   */
  subnetIds?: pulumi.Input<string>[];
}

const pulumiEksCluster: Form = {
  allowed: "an eks.Cluster of @pulumi/eks",
  check: (given) =>
    typeof given === "object" && given !== null && "eksCluster" in given
      ? undefined
      : "pass the eks.Cluster itself; for a cluster made elsewhere write its name",
};

export const clusterShape = shape({
  name: field(inputValue(clusterName)).optional(),
  eksCluster: field(pulumiEksCluster).optional(),
  kubeconfig: field(inputValue(anyText)).optional(),
  roleArn: field(inputValue(roleArn)).optional(),
  profile: field(anyText).optional(),
  securityGroupId: field(inputValue(securityGroupId)).optional(),
  nodeSecurityGroupIds: z.array(field(inputValue(securityGroupId))).optional(),
  ipFamily: field(choice(IpFamily)).optional(),
  vpcId: field(inputValue(vpcId)).optional(),
  subnetIds: z.array(field(inputValue(subnetId))).optional(),
} satisfies Record<keyof ClusterArgs, z.ZodType>);

/** Fills in the defaults; exactly one of the two ways to name a cluster must be there. */
export function resolveCluster(args: ClusterArgs, controller: LoadBalancerController): Resolved<ClusterSettings> {
  const both = args.name !== undefined && args.eksCluster !== undefined;
  const neither = args.name === undefined && args.eksCluster === undefined;
  return {
    settings: {
      source: args.eksCluster
        ? { kind: "pulumi-eks", cluster: args.eksCluster }
        : { kind: "named", name: args.name ?? "" },
      kubeconfig: args.kubeconfig,
      roleArn: args.roleArn,
      profile: args.profile,
      securityGroupId: args.securityGroupId,
      nodeSecurityGroupIds: args.nodeSecurityGroupIds ?? [],
      addPulumiNodeGroup:
        args.eksCluster !== undefined &&
        args.nodeSecurityGroupIds === undefined &&
        controller !== LoadBalancerController.EksAutoMode,
      vpcId: args.vpcId,
      ipFamily: args.ipFamily ?? IpFamily.Ipv4,
      subnetIds: args.subnetIds ?? [],
    },
    problems: [
      ...checkNodeGroups(args),
      ...problemIf(both, "cluster", {
        given: "name and eksCluster",
        allowed: "exactly one of name, eksCluster",
        suggestion: "keep eksCluster if the cluster is made in this program, else keep name",
      }),
      ...problemIf(neither, "cluster", {
        given: args.name,
        allowed: "exactly one of name, eksCluster",
        suggestion: 'set the cluster: name: "my-cluster"',
      }),
    ],
    warnings: [],
  };
}

/** AWS refuses the same rule twice. Of two groups that are known later nobody can say whether they are one. */
function checkNodeGroups({ nodeSecurityGroupIds = [] }: ClusterArgs): readonly Problem[] {
  const ids = nodeSecurityGroupIds.map((id, index) => (typeof id === "string" ? id : `known later, ${index}`));
  return duplicates(ids, "cluster.nodeSecurityGroupIds");
}
