import * as pulumi from "@pulumi/pulumi";
import type { AssumedRole } from "../plan/aws-provider";

/** Whose credentials an AWS provider uses, as far as its configuration shows it. */
export interface AwsCredentials {
  /** Where this was read. */
  readonly source: string;
  readonly profile: string | undefined;
  /** The roles that it assumes one after another. */
  readonly roles: readonly AssumedRole[];
  /** What else decides on the identity, and that another program cannot use. */
  readonly unusable: readonly string[];
}

/** Members of a provider's configuration beside the profile and the roles that decide whose credentials it uses. */
const others = ["accessKey", "assumeRoleWithWebIdentity", "sharedConfigFiles", "sharedCredentialsFiles"] as const;

/** Reads an explicit provider, or the stack's configuration, which is that of the default provider. */
export function credentialsOf(
  provider: pulumi.ProviderResource | undefined,
): AwsCredentials | pulumi.Output<AwsCredentials> {
  return provider === undefined ? configuredCredentials() : ofProvider(provider);
}

/** Reads the stack's configuration. */
export function configuredCredentials(): AwsCredentials {
  const aws = new pulumi.Config("aws");
  const roles = rolesIn(aws.get("assumeRoles"));
  return {
    source: "the configuration of Pulumi's AWS provider",
    profile: textIn(aws.get("profile")),
    // `assumeRole` is the older name of the same: whoever writes both means one chain of roles.
    roles: roles.length > 0 ? roles : rolesIn(aws.get("assumeRole")),
    unusable: others.filter((key) => textIn(aws.get(key)) !== undefined).map((key) => `aws:${key}`),
  };
}

/**
 * A provider's arguments are its outputs, though its type does not show all of them. One that a program in another
 * language passes is a reference, without any.
 */
function ofProvider(provider: pulumi.ProviderResource): AwsCredentials | pulumi.Output<AwsCredentials> {
  const source = "the AWS provider in the component's options";
  const inputs = provider as unknown as Readonly<Record<string, unknown>>;
  if (!("assumeRoles" in inputs)) {
    const unusable = ["what is passed from a program in another language"];
    return { source, profile: undefined, roles: [], unusable };
  }
  const { profile, assumeRoles } = inputs;
  return pulumi
    .all([profile, assumeRoles, pulumi.all(others.map((key) => isGiven(inputs[key])))])
    .apply(([known, roles, given]) => ({
      source,
      profile: textIn(known),
      roles: rolesIn(roles),
      unusable: others.filter((_, index) => given[index] === true),
    }));
}

/** Only whether it is there: an access key is a secret. */
function isGiven(input: unknown): pulumi.Output<boolean> {
  return pulumi.unsecret(pulumi.output(input)).apply((value) => textIn(value) !== undefined);
}

function textIn(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** One role or a list of them, as JSON. What the AWS provider would not take either is no role. */
function rolesIn(json: unknown): readonly AssumedRole[] {
  if (typeof json !== "string") return [];
  const roles = [parsed(json)].flat() as readonly (Partial<AssumedRole> | undefined)[];
  return roles.flatMap((role) => {
    const roleArn = textIn(role?.roleArn);
    const externalId = textIn(role?.externalId);
    return roleArn === undefined ? [] : [{ roleArn, ...(externalId === undefined ? {} : { externalId }) }];
  });
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}
