import { DescribeNetworkInterfacesCommand, DescribeSecurityGroupsCommand } from "@aws-sdk/client-ec2";
import type { AwsFault } from "../answer";
import type { Members } from "../model/request";
import { type Rule, type Ruled, type Rules, listOf, refuse, textOf } from "./rule";
import { changedRulesRefusal, newRulesRefusal } from "./security-group-rules";
import { type Tag, tagRefusal } from "./tags";

const tagCodes = {
  tooMany: "TagLimitExceeded",
  duplicate: "InvalidParameterValue",
  invalid: "InvalidParameterValue",
} as const;

/** Characters of names and descriptions of security groups and of their rules. */
const characters = "a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*";
const allowed = /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{0,255}$/;

export const ec2Rules: Rules = {
  CreateSecurityGroup: [groupText, tagSpecifications("security-group")],
  DeleteSecurityGroup: [groupInUse],
  AuthorizeSecurityGroupIngress: [ruleDescriptions, tagSpecifications("security-group-rule"), newRulesRefusal],
  AuthorizeSecurityGroupEgress: [ruleDescriptions, tagSpecifications("security-group-rule"), newRulesRefusal],
  ModifySecurityGroupRules: [ruleDescriptions, changedRulesRefusal],
  UpdateSecurityGroupRuleDescriptionsIngress: [ruleDescriptions],
  UpdateSecurityGroupRuleDescriptionsEgress: [ruleDescriptions],
  CreateTags: [({ parameters }) => tagRefusal(listOf<Tag>(parameters, "Tags"), tagCodes)],
};

function groupText({ parameters }: Ruled): AwsFault | undefined {
  const name = textOf(parameters, "GroupName") ?? "";
  if (!allowed.test(name) || /^sg-/i.test(name)) {
    const valid = `Valid names are strings less than 256 characters that do not begin with sg-, from the following set: ${characters}`;
    return refuse("InvalidParameterValue", `Value (${name}) for parameter GroupName is invalid. ${valid}`);
  }
  const description = textOf(parameters, "Description") ?? "";
  return allowed.test(description) && description !== ""
    ? undefined
    : invalidDescription("security group", description);
}

function invalidDescription(what: string, description: string): AwsFault {
  const set = `Valid descriptions are strings less than 256 characters from the following set:  ${characters}`;
  return refuse("InvalidParameterValue", `Invalid ${what} description. ${set} (given: ${description})`);
}

/** Every member `Description` of the request, however deep. */
function ruleDescriptions({ parameters }: Ruled): AwsFault | undefined {
  const wrong = descriptionsIn(parameters).find((description) => !allowed.test(description));
  return wrong === undefined ? undefined : invalidDescription("rule", wrong);
}

function descriptionsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(descriptionsIn);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    key === "Description" && typeof member === "string" ? [member] : descriptionsIn(member),
  );
}

/** Tags at creation: AWS refuses those of another type of resource, and an empty list. */
function tagSpecifications(type: string): Rule {
  return ({ parameters }) => {
    for (const specification of listOf<Members>(parameters, "TagSpecifications")) {
      const given = textOf(specification, "ResourceType");
      if (given !== type) {
        return refuse(
          "InvalidParameterValue",
          `'${String(given)}' is not a valid taggable resource type for this operation.`,
        );
      }
      const tags = listOf<Tag>(specification, "Tags");
      if (tags.length === 0) return refuse("InvalidParameterValue", "Tag specification must have at least one tag");
      const refusal = tagRefusal(tags, tagCodes);
      if (refusal !== undefined) return refusal;
    }
    return undefined;
  };
}

async function groupInUse({ parameters, moto: { ec2 } }: Ruled): Promise<AwsFault | undefined> {
  const group = textOf(parameters, "GroupId") ?? "";
  const byGroup = { Filters: [{ Name: "group-id", Values: [group] }] };
  const { NetworkInterfaces: interfaces = [] } = await ec2.send(new DescribeNetworkInterfacesCommand(byGroup));
  const { SecurityGroups: groups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({}));
  const referring = groups
    .filter(({ GroupId }) => GroupId !== group)
    .filter(({ IpPermissions: into = [], IpPermissionsEgress: out = [] }) =>
      [...into, ...out].some(({ UserIdGroupPairs = [] }) => UserIdGroupPairs.some(({ GroupId }) => GroupId === group)),
    );
  if (interfaces.length === 0 && referring.length === 0) return undefined;
  return refuse("DependencyViolation", `resource ${group} has a dependent object`);
}
