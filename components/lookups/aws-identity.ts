import * as pulumi from "@pulumi/pulumi";
import type { InputValue } from "../plan/input-value";
import type { AwsIdentity, ClusterSettings } from "../plan/settings";
import { type AwsCredentials, credentialsOf } from "./aws-credentials";

/**
 * The identity with which the `aws` command is called: the one that the user names, or the one of Pulumi's AWS provider.
 * A named profile stands alone; a named role is assumed with the credentials of the provider's profile.
 */
export function awsIdentity(
  { roleArn, profile }: Pick<ClusterSettings, "roleArn" | "profile">,
  parent: pulumi.Resource | undefined,
): AwsIdentity {
  if (profile !== undefined) return { profile, roleArn: roleArn === undefined ? "" : roleArn };
  const found = credentialsOf(parent?.getProvider("aws:eks/getCluster:getCluster"));
  if (roleArn !== undefined) return { profile: profileIn(found), roleArn };
  const warned = withWarnings(found, parent);
  return {
    profile: profileIn(warned),
    roleArn: read(warned, ({ roles }) => roles.map((role) => role.roleArn).at(-1)),
  };
}

type Known = AwsCredentials | pulumi.Output<AwsCredentials>;

function profileIn(known: Known): InputValue {
  return read(known, ({ profile }) => profile);
}

/** What is known stays a plain text, so that previews show it. */
function read(known: Known, member: (credentials: AwsCredentials) => string | undefined): InputValue {
  const text = (credentials: AwsCredentials) => {
    const [found = ""] = [member(credentials)];
    return found;
  };
  return pulumi.Output.isInstance<AwsCredentials>(known) ? known.apply(text) : text(known);
}

function withWarnings(known: Known, parent: pulumi.Resource | undefined): Known {
  const warn = (credentials: AwsCredentials) => {
    for (const warning of warningsOf(credentials)) void pulumi.log.warn(warning, parent);
    return credentials;
  };
  return pulumi.Output.isInstance<AwsCredentials>(known) ? known.apply(warn) : warn(known);
}

const instead =
  "If that is not the identity with which the cluster is to be asked, write cluster.profile (a profile may assume any role) " +
  "or cluster.roleArn.";

/** What of the provider's credentials the `aws` command cannot use. */
function warningsOf({ source, unusable, roles }: AwsCredentials): readonly string[] {
  const command = "The aws command, which gets the tokens for Kubernetes,";
  const last = roles.at(-1);
  return [
    ...(unusable.length === 0
      ? []
      : [`${command} cannot use ${unusable.join(", ")} of ${source}, and uses what it finds itself. ${instead}`]),
    ...(last === undefined || roles.length < 2
      ? []
      : [
          `${command} assumes only the last of the ${roles.length} roles of ${source}, directly: ${last.roleArn}. ${instead}`,
        ]),
    ...(last?.externalId === undefined
      ? []
      : [
          `${command} cannot send the external ID with which ${source} assumes ${last.roleArn}. Write cluster.profile, ` +
            "with a profile that has role_arn and external_id.",
        ]),
  ];
}
