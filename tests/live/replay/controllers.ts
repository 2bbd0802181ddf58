import {
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  DeleteLoadBalancerCommand,
  ModifyLoadBalancerAttributesCommand,
  ModifyTargetGroupAttributesCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { AwsTrial } from "../aws-trial";
import { type AwsClients, awsClients } from "../aws/clients";
import { managedPolicy } from "../aws/iam/policies";
import { accessKeys } from "../aws/iam/principal";
import { region } from "../test-env/aws";
import type { AnnotatedBalancer, Pairs } from "./annotated-balancer";

/**
 * The calls of the AWS Load Balancer Controller, or of EKS Auto Mode, for a load balancer: each with the policy that it
 * has. Only what the annotations of a mesh decide is here; the rest is shown by the real controller in other tests.
 */
export class Controllers {
  private readonly created = new Map<string, { readonly arn: string; readonly hostname: string }>();
  private readonly clients: Readonly<Record<AnnotatedBalancer["controller"], AwsClients>>;
  private count = 0;

  public constructor(
    private readonly trial: AwsTrial,
    private readonly clusterName: string,
  ) {
    const accessKey = accessKeys.loadBalancerController;
    this.clients = {
      "load-balancer-controller": awsClients({ endpoint: trial.endpoint, region, accessKey }),
      "auto-mode": trial.as({
        arn: "arn:aws:sts::123456789012:assumed-role/cluster/eks-auto-mode",
        tags: { "eks:eks-cluster-name": clusterName },
        policies: [managedPolicy("AmazonEKSLoadBalancingPolicy")],
      }),
    };
  }

  /** Makes the load balancer, unless another object of its group has, and returns its hostname. */
  public async make(balancer: AnnotatedBalancer): Promise<string> {
    const there = this.created.get(balancer.group);
    if (there !== undefined) return there.hostname;
    const { elb } = this.clients[balancer.controller];
    const { account } = this.trial;
    const subnets = balancer.scheme === "internal" ? account.privateSubnetIds : account.publicSubnetIds;
    const { LoadBalancers: [created] = [] } = await elb.send(
      new CreateLoadBalancerCommand({
        Name: balancer.name ?? `k8s-replayed-${++this.count}-${Date.now().toString(36)}`,
        Type: balancer.type,
        Scheme: balancer.scheme,
        Subnets: [...subnets],
        SecurityGroups: [...balancer.securityGroups],
        Tags: this.tags(balancer),
      }),
    );
    const arn = String(created?.LoadBalancerArn);
    const hostname = String(created?.DNSName);
    this.created.set(balancer.group, { arn, hostname });
    const Attributes = listed(balancer.attributes);
    if (Attributes.length > 0) {
      await elb.send(new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn: arn, Attributes }));
    }
    await this.makeTargetGroup(balancer);
    return hostname;
  }

  public async removeAll(): Promise<void> {
    for (const { arn } of this.created.values()) {
      const off = [{ Key: "deletion_protection.enabled", Value: "false" }];
      const { elb } = this.trial.aws;
      await elb.send(new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn: arn, Attributes: off }));
      await elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn: arn }));
    }
  }

  private async makeTargetGroup(balancer: AnnotatedBalancer): Promise<void> {
    const { elb } = this.clients[balancer.controller];
    const { TargetGroups: [created] = [] } = await elb.send(
      new CreateTargetGroupCommand({
        Name: `k8s-replayed-${++this.count}-${Date.now().toString(36)}`,
        Protocol: balancer.type === "network" ? "TCP" : "HTTP",
        Port: 80,
        VpcId: this.trial.account.vpcId,
        TargetType: balancer.targetType,
        Tags: this.tags(balancer),
      }),
    );
    const Attributes = listed(balancer.targetGroupAttributes);
    if (Attributes.length === 0) return;
    const TargetGroupArn = created?.TargetGroupArn;
    await elb.send(new ModifyTargetGroupAttributesCommand({ TargetGroupArn, Attributes }));
  }

  /** The user's tags, and the one by which the controller knows its own. */
  private tags({ controller, tags }: AnnotatedBalancer) {
    const own = controller === "auto-mode" ? "eks:eks-cluster-name" : "elbv2.k8s.aws/cluster";
    return listed({ ...tags, [own]: this.clusterName });
  }
}

function listed(values: Pairs) {
  return Object.entries(values).map(([Key, Value]) => ({ Key, Value }));
}
