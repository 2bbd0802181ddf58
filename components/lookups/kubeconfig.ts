import * as pulumi from "@pulumi/pulumi";

/** What a kubeconfig says of an EKS cluster. */
export interface ClusterAddress {
  readonly name: string;
  readonly region: string;
  readonly endpoint: string;
  readonly certificateAuthority: string;
}

/**
 * A kubeconfig that asks the `aws` command for a token whenever it is used. It holds no credentials of its own, so the
 * one in the stack's state is still good when `destroy` runs months later.
 */
export function kubeconfigOf({ name, region, endpoint, certificateAuthority }: ClusterAddress): string {
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name, cluster: { server: endpoint, "certificate-authority-data": certificateAuthority } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    "current-context": name,
    users: [{ name, user: { exec: tokenCommand(name, region) } }],
  });
}

function tokenCommand(name: string, region: string) {
  const { profile, role } = configuredIdentity();
  return {
    apiVersion: "client.authentication.k8s.io/v1beta1",
    command: "aws",
    args: ["eks", "get-token", "--cluster-name", name, "--region", region, "--output", "json", ...role],
    // The same account that Pulumi's AWS provider uses.
    ...(profile === undefined ? {} : { env: [{ name: "AWS_PROFILE", value: profile }] }),
    interactiveMode: "Never",
  };
}

interface AssumedRole {
  readonly roleArn?: string;
}

/**
 * The profile and the role that Pulumi's AWS provider takes from the stack's configuration. The command can assume one
 * role: of several that the provider assumes one after another it is the last, which is the one that acts.
 */
function configuredIdentity() {
  const aws = new pulumi.Config("aws");
  const assumed = [aws.getObject<AssumedRole>("assumeRole"), ...listOf(aws.getObject<AssumedRole[]>("assumeRoles"))];
  const roles = assumed.flatMap((one) => (one?.roleArn === undefined ? [] : [one.roleArn]));
  return { profile: aws.get("profile"), role: roles.slice(-1).flatMap((arn) => ["--role-arn", arn]) };
}

function listOf(roles: readonly AssumedRole[] | undefined): readonly AssumedRole[] {
  return Array.isArray(roles) ? (roles as readonly AssumedRole[]) : [];
}
