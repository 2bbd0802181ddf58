import { randomBytes } from "node:crypto";
import {
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  DescribeSecurityGroupsCommand,
  type EC2Client,
  type IpPermission,
  RevokeSecurityGroupEgressCommand,
} from "@aws-sdk/client-ec2";
import { ec2Labels, retag } from "./ec2-tags";
import { type Properties, labels, requiredText, text } from "./properties";
import type { WaitOptions, ResourceKind } from "./resource-kind";
import { retry, unlessGone } from "./retry";

const fifteenMinutes = 900;

/** `aws:ec2/securityGroup:SecurityGroup`, without rules of its own. */
export class SecurityGroupKind implements ResourceKind {
  public readonly replaceOn = ["description", "name", "namePrefix", "vpcId"];
  public readonly computed = ["arn", "ownerId", "tagsAll", "ingress", "egress"];

  public constructor(private readonly ec2: EC2Client) {}

  public check(inputs: Properties, previous: Properties, name: string): Properties {
    for (const key of ["ingress", "egress", "namePrefix"]) {
      if (key in inputs) throw new Error(`"${key}" of a security group is not modelled`);
    }
    const generated = text(previous, "name") ?? `${name}-${randomBytes(4).toString("hex").slice(0, 7)}`;
    const description = text(inputs, "description") ?? "Managed by Pulumi";
    return { name: generated, revokeRulesOnDelete: false, ...inputs, description };
  }

  public async create(inputs: Properties): Promise<string> {
    const { GroupId } = await this.ec2.send(
      new CreateSecurityGroupCommand({
        GroupName: requiredText(inputs, "name"),
        Description: requiredText(inputs, "description"),
        VpcId: requiredText(inputs, "vpcId"),
        ...ec2Labels("security-group", labels(inputs)),
      }),
    );
    const id = String(GroupId);
    // AWS lets everything out of a new group; the real provider takes that rule away, and so must this.
    const everything = [{ IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] }];
    await this.ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId: id, IpPermissions: everything }));
    return id;
  }

  public async read(id: string): Promise<Properties | undefined> {
    const answer = await unlessGone(
      this.ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [id] })),
      (code) => code === "InvalidGroup.NotFound" || code === "InvalidGroupId.NotFound",
    );
    const group = answer?.SecurityGroups?.[0];
    if (group === undefined) return undefined;
    const tags = Object.fromEntries((group.Tags ?? []).map(({ Key, Value }) => [String(Key), String(Value)]));
    return {
      name: group.GroupName,
      description: group.Description,
      vpcId: group.VpcId,
      ownerId: group.OwnerId,
      arn: `arn:aws:ec2:eu-central-1:${String(group.OwnerId)}:security-group/${id}`,
      tags,
      tagsAll: tags,
      ingress: (group.IpPermissions ?? []).map(ruleOf),
      egress: (group.IpPermissionsEgress ?? []).map(ruleOf),
    };
  }

  public async update(id: string, previous: Properties, inputs: Properties): Promise<void> {
    await retag(this.ec2, id, { from: labels(previous), to: labels(inputs) });
  }

  public async remove(id: string, _state: Properties, waitOptions: WaitOptions): Promise<void> {
    const options = {
      waitOptions,
      defaultSeconds: fifteenMinutes,
      codes: ["DependencyViolation", "InvalidGroup.InUse"],
    };
    await retry(async () => this.removeOnce(id), options);
  }

  private async removeOnce(id: string): Promise<void> {
    await unlessGone(this.ec2.send(new DeleteSecurityGroupCommand({ GroupId: id })), (code) =>
      code.endsWith(".NotFound"),
    );
  }
}

function ruleOf({ IpProtocol, FromPort, ToPort, IpRanges, Ipv6Ranges, UserIdGroupPairs }: IpPermission): Properties {
  return {
    protocol: IpProtocol,
    fromPort: FromPort,
    toPort: ToPort,
    cidrBlocks: (IpRanges ?? []).map(({ CidrIp }) => CidrIp),
    ipv6CidrBlocks: (Ipv6Ranges ?? []).map(({ CidrIpv6 }) => CidrIpv6),
    securityGroups: (UserIdGroupPairs ?? []).map(({ GroupId }) => GroupId),
  };
}
