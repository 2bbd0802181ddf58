import { createHash } from "node:crypto";

/** What AWS accepts as the name of one kind of resource. */
export interface NameRule {
  readonly pattern: RegExp;
  readonly maxLength: number;
}

/** Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html */
export const securityGroupName: NameRule = {
  pattern: /^(?!sg-)[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]+$/,
  maxLength: 255,
};

/** Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export const roleName: NameRule = { pattern: /^[\w+=,.@-]+$/, maxLength: 64 };

/** Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html */
export const rolePolicyName: NameRule = { pattern: /^[\w+=,.@-]+$/, maxLength: 128 };

/** Source: https://docs.aws.amazon.com/waf/latest/APIReference/API_CreateWebACL.html */
export const webAclName: NameRule = { pattern: /^[\w-]+$/, maxLength: 128 };

/** Characters that Pulumi appends to a logical name, and those that the AWS provider appends to a prefix. */
const [pulumiSuffix, prefixSuffix] = [8, 26];

/**
 * Nothing where AWS accepts the name that Pulumi makes of the logical name. Else a prefix that AWS accepts: a mesh may be
 * called `sg-mesh`, or have a name that is too long for a role.
 */
export function namePrefix(logicalName: string, { pattern, maxLength }: NameRule): { readonly namePrefix?: string } {
  if (pattern.test(logicalName) && logicalName.length + pulumiSuffix <= maxLength) return {};
  const hash = createHash("sha256").update(logicalName).digest("hex").slice(0, 7);
  const kept = `mesh-${logicalName.replace(/[^\w-]/g, "-")}`.slice(0, maxLength - prefixSuffix - hash.length - 2);
  return { namePrefix: `${kept.replace(/-+$/, "")}-${hash}-` };
}
