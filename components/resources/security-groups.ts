import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup";
import { SecurityGroupEgressRule } from "@pulumi/aws/vpc/securityGroupEgressRule";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule";
import * as pulumi from "@pulumi/pulumi";
import type { Leaf, ListLeaf } from "../plan/leaf";
import type { RulePeer, SecurityGroupPlan, SecurityGroupRulePlan } from "../plan/security-group";
import { namePrefix, securityGroupName } from "./auto-names";
import type { Made } from "./made";

/** Makes the groups; their ids by ingress. */
export function makeSecurityGroups(made: Made, plans: readonly SecurityGroupPlan[]): Readonly<Record<string, Leaf>> {
  return Object.fromEntries(
    plans.map((plan) => {
      const { vpcId, description, tags } = plan;
      const name = made.nameOf(plan.name);
      const args = { vpcId, description, tags: { ...tags }, ...namePrefix(name, securityGroupName) };
      const group = new SecurityGroup(name, args, groupOptions(made, plan));
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
    const { peer } = plan;
    if ("cidrsIpv4" in peer) made.addLater(plan.name, makeForEachRange(made, plan, peer.cidrsIpv4));
    else made.add(plan.name, makeRule(made, plan, peer));
  }
}

/**
 * A rule for each range, made once it is known which ranges there are: the one exception of
 * components/decisions/0003-shape-is-plain-leaves-are-late.md. A preview shows them unless the VPC is made in the same `up`.
 */
function makeForEachRange(made: Made, plan: SecurityGroupRulePlan, ranges: ListLeaf): pulumi.Output<pulumi.Resource[]> {
  return pulumi
    .output(ranges)
    .apply((known) =>
      known.map((range) => makeRule(made, { ...plan, name: `${plan.name}-${range}` }, { cidrIpv4: range })),
    );
}

type OnePeer = Exclude<RulePeer, { readonly cidrsIpv4: ListLeaf }>;

function makeRule(made: Made, plan: SecurityGroupRulePlan, peer: OnePeer): pulumi.Resource {
  const Rule = plan.direction === "ingress" ? SecurityGroupIngressRule : SecurityGroupEgressRule;
  return new Rule(made.nameOf(plan.name), ruleArgs(plan, peer), made.options(plan));
}

function ruleArgs(plan: SecurityGroupRulePlan, peer: OnePeer) {
  const { securityGroupId, port, lastPort, description, tags } = plan;
  const other = "securityGroupId" in peer ? { referencedSecurityGroupId: peer.securityGroupId } : peer;
  const toPort = lastPort === undefined ? port : lastPort;
  return { securityGroupId, ipProtocol: "tcp", fromPort: port, toPort, ...other, description, tags: { ...tags } };
}
