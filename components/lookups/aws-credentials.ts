import * as pulumi from "@pulumi/pulumi";
import type { AssumedRole } from "../plan/aws-provider";
import { assumedRolesIn, otherCredentials, textIn } from "./roles-in-configuration";

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
    unusable: otherCredentials.filter((key) => textIn(aws.get(key)) !== undefined).map((key) => `aws:${key}`),
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
    .all([profile, assumeRoles, pulumi.all(otherCredentials.map((key) => isGiven(inputs[key])))])
    .apply(([known, roles, given]) => ({
      source,
      profile: textIn(known),
      roles: rolesIn(roles),
      unusable: otherCredentials.filter((_, index) => given[index] === true),
    }));
}

/** Only whether it is there: an access key is a secret. */
function isGiven(input: unknown): pulumi.Output<boolean> {
  return pulumi.unsecret(pulumi.output(input)).apply((value) => textIn(value) !== undefined);
}

/** In the stack's configuration and in a provider's outputs roles are JSON. */
function rolesIn(json: unknown): readonly AssumedRole[] {
  return typeof json === "string" ? assumedRolesIn(json) : [];
}
