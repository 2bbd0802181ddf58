import assert from "node:assert/strict";
import { kubeconfigOf } from "../../components/lookups/kubeconfig";

const address = { name: "prod", region: "eu-west-1", endpoint: "https://e", certificateAuthority: "Y2E=" };
const execOf = (identity: { readonly profile?: string; readonly roleArn?: string } = {}) => {
  const { users } = JSON.parse(kubeconfigOf({ ...address, profile: "", roleArn: "", ...identity })) as {
    readonly users: readonly { readonly user: { readonly exec: Readonly<Record<string, unknown>> } }[];
  };
  return users[0]?.user.exec;
};
const call = ["eks", "get-token", "--cluster-name", "prod", "--region", "eu-west-1", "--output", "json"];

describe("kubeconfigOf", () => {
  it("holds no credentials: it asks the aws command for a token, of this cluster in this region", () => {
    assert.deepEqual(execOf(), {
      apiVersion: "client.authentication.k8s.io/v1beta1",
      command: "aws",
      args: call,
      interactiveMode: "Never",
    });
  });

  it("names profile and role as options: a profile in the environment would lose to credentials there", () => {
    assert.deepEqual(execOf({ profile: "shop" })?.["args"], [...call, "--profile", "shop"]);
    const role = "arn:aws:iam::123456789012:role/deployer";
    assert.deepEqual(execOf({ roleArn: role })?.["args"], [...call, "--role-arn", role]);
    assert.deepEqual(execOf({ profile: "shop", roleArn: role })?.["args"], [
      ...call,
      ...["--profile", "shop", "--role-arn", role],
    ]);
  });
});
