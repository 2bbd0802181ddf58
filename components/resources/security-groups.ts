import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup";
import { SecurityGroupEgressRule } from "@pulumi/aws/vpc/securityGroupEgressRule";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule";
import * as pulumi from "@pulumi/pulumi";
import type { InputValue } from "../plan/input-value";
import type { RangesPeer, RulePeer, SecurityGroupPlan, SecurityGroupRulePlan } from "../plan/security-group";
import { namePrefix, securityGroupName } from "./auto-names";
import type { ResourceRegistry } from "./resource-registry";

/** Makes the groups; their ids by ingress. */
export function makeSecurityGroups(
  registry: ResourceRegistry,
  plans: readonly SecurityGroupPlan[],
): Readonly<Record<string, InputValue>> {
  return Object.fromEntries(
    plans.map((plan) => {
      const { vpcId, description, tags } = plan;
      const name = registry.nameOf(plan.name);
      const args = { vpcId, description, tags: { ...tags }, ...namePrefix(name, securityGroupName) };
      const group = new SecurityGroup(name, args, groupOptions(registry, plan));
      return [plan.ingress, registry.add(plan.name, group).id];
    }),
  );
}

/**
 * AWS keeps the load balancer's network interfaces for minutes, and refuses to delete their group until then. Pulumi
 * destroys in waves: after the provider, like the namespaces, the group waits beside them and not once they are gone.
 */
function groupOptions(registry: ResourceRegistry, plan: SecurityGroupPlan) {
  return { ...registry.options(plan), dependsOn: [registry.kubernetes], customTimeouts: { delete: "20m" } };
}

export function makeRules(registry: ResourceRegistry, plans: readonly SecurityGroupRulePlan[]): void {
  for (const plan of plans) {
    const { peer } = plan;
    if ("cidrsIpv4" in peer || "cidrsIpv6" in peer)
      registry.addLater(plan.name, makeForEachRange(registry, plan, peer));
    else registry.add(plan.name, makeRule(registry, plan, peer));
  }
}

/**
 * A rule for each range, made once it is known which ranges there are: the one exception of
 * components/decisions/0003-plain-structure-input-values.md. A preview shows them unless the VPC is made in the same `up`.
 */
function makeForEachRange(
  registry: ResourceRegistry,
  plan: SecurityGroupRulePlan,
  peer: RangesPeer,
): pulumi.Output<pulumi.Resource[]> {
  const { formerName } = peer;
  const planOf = (range: string) => ({
    ...plan,
    name: `${plan.name}-${range}`,
    ...(formerName === undefined ? {} : { formerNames: [formerName(range)] }),
  });
  const [list, peerOf] =
    "cidrsIpv4" in peer
      ? [peer.cidrsIpv4, (cidrIpv4: string) => ({ cidrIpv4 })]
      : [peer.cidrsIpv6, (cidrIpv6: string) => ({ cidrIpv6 })];
  return pulumi.output(list).apply((ranges) => ranges.map((range) => makeRule(registry, planOf(range), peerOf(range))));
}

type OnePeer = Exclude<RulePeer, RangesPeer>;

function makeRule(registry: ResourceRegistry, plan: SecurityGroupRulePlan, peer: OnePeer): pulumi.Resource {
  const Rule = plan.direction === "ingress" ? SecurityGroupIngressRule : SecurityGroupEgressRule;
  return new Rule(registry.nameOf(plan.name), ruleArgs(plan, peer), registry.options(plan));
}

function ruleArgs(plan: SecurityGroupRulePlan, peer: OnePeer) {
  const { securityGroupId, port, lastPort, description, tags } = plan;
  const other = "securityGroupId" in peer ? { referencedSecurityGroupId: peer.securityGroupId } : peer;
  const toPort = lastPort === undefined ? port : lastPort;
  return { securityGroupId, ipProtocol: "tcp", fromPort: port, toPort, ...other, description, tags: { ...tags } };
}
