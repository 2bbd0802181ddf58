import {
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  type EC2Client,
  type SecurityGroupRule,
} from "@aws-sdk/client-ec2";
import { awsTagText, tagText } from "./lines";
import type { ExpectedResource } from "./expected-plan";

const groupType = "aws:ec2/securityGroup:SecurityGroup";
const ruleType = /^aws:vpc\/securityGroup(Ingress|Egress)Rule:/;

/** Groups and rules that the plan has, one line each. */
export function expectedSecurity(expected: readonly ExpectedResource[]): readonly string[] {
  const groups = expected
    .filter(({ type }) => type === groupType)
    .map(({ inputs }) => `group "${String(inputs["description"])}" [${tagText(inputs["tags"] as object as never)}]`);
  const rules = expected.flatMap(({ type, inputs }) => {
    const direction = ruleType.exec(type)?.[1]?.toLowerCase();
    if (direction === undefined) return [];
    const peer = inputs["cidrIpv4"] ?? inputs["cidrIpv6"] ?? inputs["referencedSecurityGroupId"];
    const ports = `${String(inputs["ipProtocol"])} ${String(inputs["fromPort"])}-${String(inputs["toPort"])}`;
    const tags = tagText(inputs["tags"] as object as never);
    // moto forgets the description of a rule whose peer is a group, unless the rule is made a second time.
    const description = inputs["referencedSecurityGroupId"] === undefined ? String(inputs["description"]) : "";
    return [
      `${direction} of ${String(inputs["securityGroupId"])}: ${ports} ${String(peer)} "${description}" [${tags}]`,
    ];
  });
  return [...groups, ...rules].sort();
}

/** The same of what AWS has, but for what was there before. */
export async function actualSecurity(ec2: EC2Client, before: readonly string[]): Promise<readonly string[]> {
  const { SecurityGroups: groups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({}));
  const { SecurityGroupRules: rules = [] } = await ec2.send(new DescribeSecurityGroupRulesCommand({}));
  const isNew = (start: string) => !before.some((line) => line.startsWith(start));
  return [
    ...groups
      .filter(({ GroupId, GroupName }) => isNew(`security group ${GroupId} ${GroupName}`))
      .map(({ Description, Tags }) => `group "${Description}" [${awsTagText(Tags)}]`),
    ...rules.filter(({ SecurityGroupRuleId }) => isNew(`rule ${SecurityGroupRuleId} `)).map(ruleLine),
  ].sort();
}

function ruleLine(rule: SecurityGroupRule): string {
  const direction = rule.IsEgress === true ? "egress" : "ingress";
  const peer = rule.CidrIpv4 ?? rule.CidrIpv6 ?? rule.ReferencedGroupInfo?.GroupId;
  const ports = `${rule.IpProtocol} ${rule.FromPort}-${rule.ToPort}`;
  const description = rule.ReferencedGroupInfo === undefined ? String(rule.Description) : "";
  return `${direction} of ${rule.GroupId}: ${ports} ${peer} "${description}" [${awsTagText(rule.Tags)}]`;
}
