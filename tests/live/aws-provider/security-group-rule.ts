import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  DescribeSecurityGroupRulesCommand,
  type EC2Client,
  type IpPermission,
  ModifySecurityGroupRulesCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
  type SecurityGroupRule,
} from "@aws-sdk/client-ec2";
import { ec2Labels, retag } from "./ec2-tags";
import { type Properties, labels, number, requiredText, text } from "./properties";
import type { ResourceKind } from "./resource-kind";
import { unlessGone } from "./retry";

/** `aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule` and its sister for the way out. */
export class SecurityGroupRuleKind implements ResourceKind {
  public readonly replaceOn = ["securityGroupId"];
  public readonly computed = ["arn", "securityGroupRuleId", "tagsAll"];

  public constructor(
    private readonly ec2: EC2Client,
    private readonly direction: "ingress" | "egress",
  ) {}

  public async create(inputs: Properties): Promise<string> {
    const request = {
      GroupId: requiredText(inputs, "securityGroupId"),
      IpPermissions: [permissionOf(inputs)],
      ...ec2Labels("security-group-rule", labels(inputs)),
    };
    const { SecurityGroupRules: [rule] = [] } =
      this.direction === "ingress"
        ? await this.ec2.send(new AuthorizeSecurityGroupIngressCommand(request))
        : await this.ec2.send(new AuthorizeSecurityGroupEgressCommand(request));
    if (rule?.SecurityGroupRuleId === undefined) throw new Error("AWS told no id of the new rule");
    return rule.SecurityGroupRuleId;
  }

  public async read(id: string): Promise<Properties | undefined> {
    const answer = await unlessGone(
      this.ec2.send(new DescribeSecurityGroupRulesCommand({ SecurityGroupRuleIds: [id] })),
      (code) => code.includes("NotFound"),
    );
    const rule = answer?.SecurityGroupRules?.[0];
    if (rule === undefined) return undefined;
    const tags = Object.fromEntries((rule.Tags ?? []).map(({ Key, Value }) => [String(Key), String(Value)]));
    return {
      securityGroupRuleId: id,
      arn: `arn:aws:ec2:eu-central-1:${String(rule.GroupOwnerId)}:security-group-rule/${id}`,
      securityGroupId: rule.GroupId,
      ...propertiesOf(rule),
      tags,
      tagsAll: tags,
    };
  }

  public async update(id: string, previous: Properties, inputs: Properties): Promise<void> {
    const SecurityGroupRule = {
      IpProtocol: requiredText(inputs, "ipProtocol"),
      FromPort: number(inputs, "fromPort"),
      ToPort: number(inputs, "toPort"),
      CidrIpv4: text(inputs, "cidrIpv4"),
      CidrIpv6: text(inputs, "cidrIpv6"),
      PrefixListId: text(inputs, "prefixListId"),
      ReferencedGroupId: text(inputs, "referencedSecurityGroupId"),
      Description: text(inputs, "description"),
    };
    await this.ec2.send(
      new ModifySecurityGroupRulesCommand({
        GroupId: requiredText(inputs, "securityGroupId"),
        SecurityGroupRules: [{ SecurityGroupRuleId: id, SecurityGroupRule }],
      }),
    );
    await retag(this.ec2, id, { from: labels(previous), to: labels(inputs) });
  }

  public async remove(id: string, state: Properties): Promise<void> {
    const request = { GroupId: requiredText(state, "securityGroupId"), SecurityGroupRuleIds: [id] };
    const revocation: Promise<unknown> =
      this.direction === "ingress"
        ? this.ec2.send(new RevokeSecurityGroupIngressCommand(request))
        : this.ec2.send(new RevokeSecurityGroupEgressCommand(request));
    await unlessGone(revocation, (code) => code.includes("NotFound"));
  }
}

function permissionOf(inputs: Properties): IpPermission {
  const Description = text(inputs, "description");
  const CidrIp = text(inputs, "cidrIpv4");
  const CidrIpv6 = text(inputs, "cidrIpv6");
  const PrefixListId = text(inputs, "prefixListId");
  const GroupId = text(inputs, "referencedSecurityGroupId");
  return {
    IpProtocol: requiredText(inputs, "ipProtocol"),
    FromPort: number(inputs, "fromPort"),
    ToPort: number(inputs, "toPort"),
    ...(CidrIp === undefined ? {} : { IpRanges: [{ CidrIp, Description }] }),
    ...(CidrIpv6 === undefined ? {} : { Ipv6Ranges: [{ CidrIpv6, Description }] }),
    ...(PrefixListId === undefined ? {} : { PrefixListIds: [{ PrefixListId, Description }] }),
    ...(GroupId === undefined ? {} : { UserIdGroupPairs: [{ GroupId, Description }] }),
  };
}

function propertiesOf(rule: SecurityGroupRule): Properties {
  return {
    ipProtocol: rule.IpProtocol,
    fromPort: rule.FromPort,
    toPort: rule.ToPort,
    cidrIpv4: rule.CidrIpv4,
    cidrIpv6: rule.CidrIpv6,
    prefixListId: rule.PrefixListId,
    referencedSecurityGroupId: rule.ReferencedGroupInfo?.GroupId,
    description: rule.Description,
  };
}
