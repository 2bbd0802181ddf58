import type { AssumedRole } from "../plan/aws-provider";

/** Members of an AWS provider's configuration that decide whose credentials it uses, beside the profile and the roles. */
export const otherCredentials = [
  "accessKey",
  "assumeRoleWithWebIdentity",
  "sharedConfigFiles",
  "sharedCredentialsFiles",
] as const;

/** One role or a list of them, as a tree or as JSON. What the AWS provider would not take either is no role. */
export function assumedRolesIn(given: unknown): readonly AssumedRole[] {
  const roles = [typeof given === "string" ? parsed(given) : given].flat() as readonly (
    Partial<AssumedRole> | null | undefined
  )[];
  return roles.flatMap((role) => {
    const roleArn = textIn(role?.roleArn);
    const externalId = textIn(role?.externalId);
    return roleArn === undefined ? [] : [{ roleArn, ...(externalId === undefined ? {} : { externalId }) }];
  });
}

/** A text that is not empty. */
export function textIn(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}
