import type { Recorded } from "../../cli/plan/recording";
import { memberAt } from "./recorded";

// What AWS accepts as texts of the resources that a mesh makes, written down apart from the component's own rules.

const ec2Text = /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{0,255}$/;
const iamName = (length: number) => new RegExp(`^[\\w+=,.@-]{1,${length}}$`);
const tagKey = /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/iu;
const tagValue = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u;

/** Patterns of inputs by type; a physical name that Pulumi makes is the logical name and eight characters. */
const patterns: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  "aws:ec2/securityGroup:SecurityGroup": {
    description: ec2Text,
    namePrefix: /^(?!sg-)[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{1,229}$/,
    "": /^(?!sg-)[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{1,247}$/,
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": { description: ec2Text },
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": { description: ec2Text },
  // https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
  "aws:iam/role:Role": { description: /^[\t\n\r -~¡-ÿ]{0,1000}$/, namePrefix: iamName(38), "": iamName(56) },
  "aws:iam/rolePolicy:RolePolicy": { namePrefix: iamName(102), "": iamName(120) },
  // https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html
  "aws:acm/certificate:Certificate": {
    domainName: /^(\*\.)?(((?!-)[A-Za-z0-9-]{0,62}[A-Za-z0-9])\.)+((?!-)[A-Za-z0-9-]{1,62}[A-Za-z0-9])$/,
  },
  // https://docs.aws.amazon.com/waf/latest/APIReference/API_CreateWebACL.html
  "aws:wafv2/webAcl:WebAcl": {
    description: /^[\w+=:#@/\-,.][\w+=:#@/\-,.\s]+[\w+=:#@/\-,.]$/,
    namePrefix: /^[\w-]{1,102}$/,
    "": /^[\w-]{1,120}$/,
  },
  "aws:route53/record:Record": { name: /^[\x21-\x7e<> ]{1,1024}$/ },
  "aws:eks/addon:Addon": { addonName: /^[a-z0-9][a-z0-9-]*$/, clusterName: /^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/ },
};

/** Every text of a plan that AWS would refuse. */
export function refusedTexts(resources: readonly Recorded[]): readonly string[] {
  return resources.filter(({ type }) => type.startsWith("aws:")).flatMap((one) => [...textsOf(one), ...tagsOf(one)]);
}

function textsOf({ name, type, inputs }: Recorded): readonly string[] {
  const rules = patterns[type] === undefined ? {} : patterns[type];
  return Object.entries(rules).flatMap(([member, pattern]) => {
    // A given prefix takes the place of the logical name.
    if (member === "" && memberAt(inputs, "namePrefix") !== undefined) return [];
    const text = member === "" ? name : memberAt(inputs, member);
    return typeof text !== "string" || pattern.test(text) ? [] : [`${name}: ${member}: ${text}`];
  });
}

function tagsOf({ name, inputs }: Recorded): readonly string[] {
  const tags = Object.entries((memberAt(inputs, "tags") as Readonly<Record<string, unknown>> | undefined) ?? {});
  return [
    ...(tags.length > 50 ? [`${name}: ${tags.length} tags`] : []),
    ...tags.flatMap(([key, value]) =>
      (tagKey.test(key) ? [] : [`${name}: tag ${key}`]).concat(
        typeof value === "string" && !tagValue.test(value) ? [`${name}: value of tag ${key}`] : [],
      ),
    ),
  ];
}
