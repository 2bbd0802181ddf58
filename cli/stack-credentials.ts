import type { AssumedRole } from "../components/plan/aws-provider";

/** Whose credentials Pulumi's AWS provider uses, as far as the configuration in a stack file shows it. */
export interface StackCredentials {
  readonly profile: string | undefined;
  /** The roles that it assumes one after another. */
  readonly roles: readonly AssumedRole[];
  /** What of it another program cannot use, each in words. */
  readonly unusable: readonly string[];
}

type Config = Readonly<Record<string, unknown>>;

/** Decide on the identity as well, beside the profile and the roles. */
const others = [
  "aws:accessKey",
  "aws:assumeRoleWithWebIdentity",
  "aws:sharedConfigFiles",
  "aws:sharedCredentialsFiles",
];
const readable = ["aws:profile", "aws:assumeRoles", "aws:assumeRole"];

/** Reads the configuration of the default AWS provider. */
export function stackCredentials(config: Config): StackCredentials {
  const roles = rolesIn(config["aws:assumeRoles"]);
  const isGiven = (key: string) => config[key] !== undefined && config[key] !== "";
  return {
    profile: textIn(config["aws:profile"]),
    // `assumeRole` is the older name of the same: whoever writes both means one chain of roles.
    roles: roles.length > 0 ? roles : rolesIn(config["aws:assumeRole"]),
    unusable: [
      ...readable.filter((key) => hasEncrypted(config[key])).map((key) => `${key} is encrypted in the stack file`),
      ...others.filter(isGiven).map((key) => `the stack file has ${key}, which only Pulumi can use`),
    ],
  };
}

/** One role or a list of them, as a tree or as JSON. What the AWS provider would not take either is no role. */
function rolesIn(given: unknown): readonly AssumedRole[] {
  const roles = [typeof given === "string" ? parsed(given) : given].flat() as readonly (Partial<AssumedRole> | null)[];
  return roles.flatMap((role) => {
    const roleArn = textIn(role?.roleArn);
    const externalId = textIn(role?.externalId);
    return roleArn === undefined ? [] : [{ roleArn, ...(externalId === undefined ? {} : { externalId }) }];
  });
}

function textIn(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}

/** Whether an encrypted value stands in it, as `{ secure: "v1:…" }`. */
function hasEncrypted(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const entries = Object.entries(value);
  if (entries.length === 1 && entries[0]?.[0] === "secure") return true;
  return entries.some(([, member]) => hasEncrypted(member));
}
