import { assumedRolesIn, otherCredentials, textIn } from "../../components/lookups/roles-in-configuration";
import type { AssumedRole } from "../../components/plan/aws-provider";
import { isEncrypted } from "./encrypted";

/** Whose credentials Pulumi's AWS provider uses, as far as the configuration in a stack file shows it. */
export interface StackCredentials {
  readonly profile: string | undefined;
  /** The roles that it assumes one after another. */
  readonly roles: readonly AssumedRole[];
  /** What of it another program cannot use, each in words. */
  readonly unusable: readonly string[];
}

type Config = Readonly<Record<string, unknown>>;

const readable = ["aws:profile", "aws:assumeRoles", "aws:assumeRole"];

/** Reads the configuration of the default AWS provider. */
export function stackCredentials(config: Config): StackCredentials {
  const roles = assumedRolesIn(config["aws:assumeRoles"]);
  const isGiven = (key: string) => config[key] !== undefined && config[key] !== "";
  return {
    profile: textIn(config["aws:profile"]),
    // `assumeRole` is the older name of the same: whoever writes both means one chain of roles.
    roles: roles.length > 0 ? roles : assumedRolesIn(config["aws:assumeRole"]),
    unusable: [
      ...readable.filter((key) => hasEncrypted(config[key])).map((key) => `${key} is encrypted in the stack file`),
      ...otherCredentials
        .map((member) => `aws:${member}`)
        .filter(isGiven)
        .map((key) => `the stack file has ${key}, which only Pulumi can use`),
    ],
  };
}

/** Whether an encrypted value stands in it. */
function hasEncrypted(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return isEncrypted(value) || Object.values(value).some(hasEncrypted);
}
