import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { kubeconfigOf } from "../../components/lookups/kubeconfig";

const address = { name: "prod", region: "eu-west-1", endpoint: "https://e", certificateAuthority: "Y2E=" };
const execOf = (config: Readonly<Record<string, string>>) => {
  pulumi.runtime.setAllConfig({ ...config });
  try {
    const { users } = JSON.parse(kubeconfigOf(address)) as {
      readonly users: readonly { readonly user: { readonly exec: Readonly<Record<string, unknown>> } }[];
    };
    return users[0]?.user.exec ?? {};
  } finally {
    pulumi.runtime.setAllConfig({});
  }
};

describe("kubeconfigOf", () => {
  it("holds no credentials: it asks the aws command for a token, of this cluster in this region", () => {
    assert.deepEqual(execOf({}), {
      apiVersion: "client.authentication.k8s.io/v1beta1",
      command: "aws",
      args: ["eks", "get-token", "--cluster-name", "prod", "--region", "eu-west-1", "--output", "json"],
      interactiveMode: "Never",
    });
  });

  it("asks as the account that Pulumi's AWS provider uses", () => {
    assert.deepEqual(execOf({ "aws:profile": "shop" })["env"], [{ name: "AWS_PROFILE", value: "shop" }]);
  });
});
