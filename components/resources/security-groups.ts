import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup";
import { SecurityGroupEgressRule } from "@pulumi/aws/vpc/securityGroupEgressRule";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule";
import type { Leaf } from "../plan/leaf";
import type { SecurityGroupPlan, SecurityGroupRulePlan } from "../plan/security-group";
import type { Made } from "./made";

/** Makes the groups; their ids by ingress. */
export function makeSecurityGroups(made: Made, plans: readonly SecurityGroupPlan[]): Readonly<Record<string, Leaf>> {
  return Object.fromEntries(
    plans.map((plan) => {
      const { vpcId, description, tags } = plan;
      const group = new SecurityGroup(
        made.nameOf(plan.name),
        { vpcId, description, tags: { ...tags } },
        groupOptions(made, plan),
      );
      return [plan.ingress, made.add(plan.name, group).id];
    }),
  );
}

/**
 * AWS keeps the load balancer's network interfaces for minutes, and refuses to delete their group until then. Pulumi
 * destroys in waves: after the provider, like the namespaces, the group waits beside them and not once they are gone.
 */
function groupOptions(made: Made, plan: SecurityGroupPlan) {
  return { ...made.options(plan), dependsOn: [made.kubernetes], customTimeouts: { delete: "20m" } };
}

export function makeRules(made: Made, plans: readonly SecurityGroupRulePlan[]): void {
  for (const plan of plans) {
    const Rule = plan.direction === "ingress" ? SecurityGroupIngressRule : SecurityGroupEgressRule;
    made.add(plan.name, new Rule(made.nameOf(plan.name), ruleArgs(plan), made.options(plan)));
  }
}

function ruleArgs({ securityGroupId, port, peer, description, tags }: SecurityGroupRulePlan) {
  const other = "securityGroupId" in peer ? { referencedSecurityGroupId: peer.securityGroupId } : peer;
  return { securityGroupId, ipProtocol: "tcp", fromPort: port, toPort: port, ...other, description, tags: { ...tags } };
}
