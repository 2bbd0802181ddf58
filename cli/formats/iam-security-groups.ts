import type { Recorded } from "../plan/recording";
import { Scope } from "./iam-actions";

type Inputs = Readonly<Record<string, unknown>>;

/** Where actions on security groups take effect. */
interface GroupPlace {
  readonly resources: readonly string[];
  readonly condition?: Inputs;
}

const calls = ["CreateSecurityGroup", "AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress"];

/**
 * The mesh's own security groups have no id before they are made: they are known by their VPC and by the tag `Name` that
 * they are created with. Those of the nodes are known by id. Tags of other groups are out of reach.
 *
 * Source of the condition keys: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 */
export function securityGroupPlaces(resources: readonly Recorded[], arn: (rest: string) => string) {
  const [groups, rules] = [arn("security-group/*"), arn("security-group-rule/*")];
  const own = inputsOf(resources, /:SecurityGroup$/);
  const vpcs = unique(own.flatMap(({ vpcId }) => plainTexts(vpcId)).map((vpc) => arn(`vpc/${vpc}`)));
  const inVpc = vpcs.length === 0 ? {} : { ArnLike: { "ec2:Vpc": vpcs } };
  return {
    [Scope.NewSecurityGroups]: { resources: [groups, ...vpcs] },
    [Scope.NewTags]: {
      resources: [groups, rules],
      condition: { StringEquals: { "ec2:CreateAction": calls } },
    },
    [Scope.OwnSecurityGroups]: {
      resources: own.length === 0 ? [] : [groups],
      condition: { ...inVpc, ...byName(own.map(({ tags }) => nameIn(tags))) },
    },
    [Scope.NodeSecurityGroups]: nodeGroups(resources, { groups, inVpc, arn }),
    [Scope.SecurityGroupRules]: { resources: [rules] },
  };
}

/** A name that is known only during `up` leaves it at groups that have one. */
function byName(names: readonly (string | undefined)[]): Inputs {
  const known = names.flatMap((name) => plainTexts(name));
  return known.length === names.length
    ? { StringEquals: { "aws:ResourceTag/Name": unique(known) } }
    : { Null: { "aws:ResourceTag/Name": "false" } };
}

interface Context {
  readonly groups: string;
  readonly inVpc: Inputs;
  readonly arn: (rest: string) => string;
}

/** Groups that rules are added to, and that the mesh does not make. One without a known id may be any of the VPC. */
function nodeGroups(resources: readonly Recorded[], { groups, inVpc, arn }: Context): GroupPlace {
  const own = resources.filter(({ type }) => type.endsWith(":SecurityGroup")).map(({ name }) => `<${name}.id>`);
  const changed = inputsOf(resources, /:SecurityGroup(Ingress|Egress)Rule$/)
    .map(({ securityGroupId }) => securityGroupId)
    .filter((id) => !own.includes(String(id)));
  const known = changed.flatMap((id) => plainTexts(id));
  if (known.length === changed.length) return { resources: unique(known).map((id) => arn(`security-group/${id}`)) };
  return { resources: [groups], ...(Object.keys(inVpc).length === 0 ? {} : { condition: inVpc }) };
}

function inputsOf(resources: readonly Recorded[], type: RegExp): readonly Inputs[] {
  return resources.filter((one) => type.test(one.type)).map(({ inputs }) => inputs as Inputs);
}

function nameIn(tags: unknown): string | undefined {
  const { Name } = tags as { readonly Name?: string };
  return Name;
}

/** A text, unless it stands for what is secret or known only during `up`. */
function plainTexts(value: unknown): readonly string[] {
  return typeof value === "string" && value !== "" && !/^[[<]/.test(value) ? [value] : [];
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
