import type { Members } from "../model/request";
import { listOf, textOf } from "../rules/rule";
import {
  type Asked,
  type Authorization,
  type ConditionKeys,
  type TagsOf,
  accountId,
  requestTags,
  resourceTags,
  tagMap,
} from "./authorization";

const types: Readonly<Record<string, string>> = {
  sg: "security-group",
  sgr: "security-group-rule",
  subnet: "subnet",
  vpc: "vpc",
  eni: "network-interface",
  i: "instance",
  pl: "prefix-list",
};

/** What EC2 asks IAM, by the service authorization reference: each resource of the call, and tags at creation apart. */
export class Ec2Authorizations {
  public constructor(
    private readonly tagsOf: TagsOf,
    private readonly vpcOf: (group: string) => Promise<string | undefined>,
  ) {}

  public async of(asked: Asked): Promise<readonly Authorization[]> {
    const { operation, parameters } = asked;
    if (operation === "CreateSecurityGroup") return this.newGroup(asked);
    if (operation === "CreateTags" || operation === "DeleteTags") return this.retagged(asked);
    const group = textOf(parameters, "GroupId");
    if (/^(Describe|Get)/.test(operation) || group === undefined) return [plain(operation)];
    const keys = await this.existing(group, asked);
    const resource = arn(asked, `security-group/${group}`);
    const itself = { action: `ec2:${operation}`, resource, keys: { ...keys, ...requestTags(newTags(parameters)) } };
    return [itself, ...(await this.changedRules(asked)), ...tagged(asked, "security-group-rule")];
  }

  private newGroup(asked: Asked): readonly Authorization[] {
    const { parameters } = asked;
    const vpc = arn(asked, `vpc/${String(textOf(parameters, "VpcId"))}`);
    const keys = { ...requestTags(newTags(parameters)), "ec2:Vpc": vpc };
    const action = "ec2:CreateSecurityGroup";
    return [
      { action, resource: arn(asked, "security-group/*"), keys },
      { action, resource: vpc, keys: {} },
      ...tagged(asked, "security-group"),
    ];
  }

  private async retagged(asked: Asked): Promise<readonly Authorization[]> {
    const { operation, parameters } = asked;
    const given = requestTags(tagMap(parameters["Tags"]));
    const ids = listOf(parameters, "Resources");
    return Promise.all(
      ids.map(async (id) => {
        const resource = arn(asked, `${types[id.split("-")[0] ?? ""] ?? "unknown"}/${id}`);
        return { action: `ec2:${operation}`, resource, keys: { ...given, ...(await this.existing(id, asked)) } };
      }),
    );
  }

  private async changedRules(asked: Asked): Promise<readonly Authorization[]> {
    const { operation, parameters } = asked;
    if (operation !== "ModifySecurityGroupRules") return [];
    const ids = listOf<Members>(parameters, "SecurityGroupRules").map((rule) => textOf(rule, "SecurityGroupRuleId"));
    return Promise.all(
      ids.map(async (id) => ({
        action: `ec2:${operation}`,
        resource: arn(asked, `security-group-rule/${String(id)}`),
        keys: await this.existing(String(id), asked),
      })),
    );
  }

  private async existing(id: string, asked: Asked): Promise<ConditionKeys> {
    const tags = resourceTags(await this.tagsOf(id));
    const vpc = id.startsWith("sg-") ? await this.vpcOf(id) : undefined;
    return vpc === undefined ? tags : { ...tags, "ec2:Vpc": arn(asked, `vpc/${vpc}`) };
  }
}

function plain(operation: string): Authorization {
  return { action: `ec2:${operation}`, resource: "*", keys: {} };
}

function arn({ region }: Asked, rest: string): string {
  return `arn:aws:ec2:${region}:${accountId}:${rest}`;
}

function newTags(parameters: Members): Readonly<Record<string, string>> {
  const lists = listOf<Members>(parameters, "TagSpecifications").map((one) => tagMap(one["Tags"]));
  return Object.assign({}, ...lists) as Readonly<Record<string, string>>;
}

/** Tags at creation need the right to tag what the call creates. */
function tagged(asked: Asked, type: string): readonly Authorization[] {
  const tags = newTags(asked.parameters);
  if (Object.keys(tags).length === 0) return [];
  const keys = { ...requestTags(tags), "ec2:CreateAction": asked.operation };
  return [{ action: "ec2:CreateTags", resource: arn(asked, `${type}/*`), keys }];
}
