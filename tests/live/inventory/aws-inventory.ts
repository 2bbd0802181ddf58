import { ListCertificatesCommand } from "@aws-sdk/client-acm";
import {
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
} from "@aws-sdk/client-ec2";
import { DescribeLoadBalancersCommand, DescribeTargetGroupsCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import { ListHostedZonesCommand, ListResourceRecordSetsCommand, type Route53Client } from "@aws-sdk/client-route-53";
import type { AwsClients } from "../aws/clients";

/** Everything that a mesh could leave behind in AWS, one line each, sorted. */
export async function awsInventory({ acm, ec2, elb, route53 }: AwsClients): Promise<readonly string[]> {
  const [groups, rules, interfaces, balancers, targets, certificates, records] = await Promise.all([
    ec2.send(new DescribeSecurityGroupsCommand({})),
    ec2.send(new DescribeSecurityGroupRulesCommand({})),
    ec2.send(new DescribeNetworkInterfacesCommand({})),
    elb.send(new DescribeLoadBalancersCommand({})),
    elb.send(new DescribeTargetGroupsCommand({})),
    acm.send(new ListCertificatesCommand({})),
    recordLines(route53),
  ]);
  return [
    ...(groups.SecurityGroups ?? []).map(({ GroupId, GroupName }) => `security group ${GroupId} ${GroupName}`),
    ...(rules.SecurityGroupRules ?? []).map((rule) => `rule ${rule.SecurityGroupRuleId} of ${rule.GroupId}`),
    ...(interfaces.NetworkInterfaces ?? []).map((one) => `interface ${one.NetworkInterfaceId} ${one.Description}`),
    ...(balancers.LoadBalancers ?? []).map(({ LoadBalancerName }) => `load balancer ${LoadBalancerName}`),
    ...(targets.TargetGroups ?? []).map(({ TargetGroupName }) => `target group ${TargetGroupName}`),
    ...(certificates.CertificateSummaryList ?? []).map((one) => `certificate ${one.DomainName} ${one.CertificateArn}`),
    ...records,
  ].sort();
}

async function recordLines(route53: Route53Client): Promise<readonly string[]> {
  const { HostedZones: zones = [] } = await route53.send(new ListHostedZonesCommand({}));
  const lines = await Promise.all(
    zones.map(async ({ Id, Name: zone }) => {
      const answer = await route53.send(new ListResourceRecordSetsCommand({ HostedZoneId: Id }));
      return (answer.ResourceRecordSets ?? []).map(({ Name, Type }) => `record ${Type} ${Name} in ${zone}`);
    }),
  );
  return lines.flat();
}
