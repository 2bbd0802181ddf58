/** What a kubeconfig says of an EKS cluster. */
export interface ClusterAddress {
  readonly name: string;
  readonly region: string;
  readonly endpoint: string;
  readonly certificateAuthority: string;
  /** The AWS profile and the role for tokens; empty: the `aws` command's default. */
  readonly profile: string;
  readonly roleArn: string;
}

/**
 * A kubeconfig that asks the `aws` command for a token whenever it is used. It holds no credentials of its own, so the
 * one in the stack's state is still good when `destroy` runs months later.
 */
export function kubeconfigOf(address: ClusterAddress): string {
  const { name, endpoint, certificateAuthority } = address;
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name, cluster: { server: endpoint, "certificate-authority-data": certificateAuthority } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    "current-context": name,
    users: [{ name, user: { exec: tokenCommand(address) } }],
  });
}

/**
 * The options win over credentials in the environment, as they do in Pulumi's AWS provider; a profile in the environment
 * would not.
 *
 * Sources: botocore credentials.py, create_credential_resolver; hashicorp/aws-sdk-go-base credentials.go
 */
function tokenCommand({ name, region, profile, roleArn }: ClusterAddress) {
  const identity = [...option("--profile", profile), ...option("--role-arn", roleArn)];
  return {
    apiVersion: "client.authentication.k8s.io/v1beta1",
    command: "aws",
    args: ["eks", "get-token", "--cluster-name", name, "--region", region, "--output", "json", ...identity],
    interactiveMode: "Never",
  };
}

function option(name: string, value: string): readonly string[] {
  return value === "" ? [] : [name, value];
}
