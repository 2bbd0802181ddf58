import * as pulumi from "@pulumi/pulumi";

/** The identity that a stack's configuration gives to Pulumi's AWS provider. */
export interface ConfiguredIdentity {
  readonly profile: string | undefined;
  /** ARNs of the roles that it assumes, one after another. */
  readonly roles: readonly string[];
}

interface AssumedRole {
  readonly roleArn?: string;
}

/** Reads `aws:profile`, `aws:assumeRole` and `aws:assumeRoles`. */
export function configuredIdentity(): ConfiguredIdentity {
  const aws = new pulumi.Config("aws");
  const assumed = [aws.getObject<AssumedRole>("assumeRole"), ...listOf(aws.getObject<AssumedRole[]>("assumeRoles"))];
  return {
    profile: aws.get("profile"),
    roles: assumed.flatMap((one) => (one?.roleArn === undefined ? [] : [one.roleArn])),
  };
}

function listOf(roles: readonly AssumedRole[] | undefined): readonly AssumedRole[] {
  return Array.isArray(roles) ? (roles as readonly AssumedRole[]) : [];
}
