import assert from "node:assert/strict";
import { Provider } from "@pulumi/aws/provider";
import { Provider as KubernetesProvider } from "@pulumi/kubernetes/provider";
import * as pulumi from "@pulumi/pulumi";
import { stackRegion } from "../../components/lookups/stack-region";
import { recordProgram } from "../support/recorded";

async function region(
  options: () => pulumi.ComponentResourceOptions | undefined,
  config = { "aws:region": "eu-west-1" },
) {
  const answers: (string | undefined)[] = [];
  await recordProgram(() => {
    pulumi.runtime.setAllConfig({ ...config });
    answers.push(stackRegion(options()));
  });
  pulumi.runtime.setAllConfig({});
  return answers[0];
}
const aws = () => new Provider("elsewhere", { region: "us-west-2" });
const kubernetes = () => new KubernetesProvider("given", { kubeconfig: "given" });

describe("stackRegion", () => {
  it("is the one of the stack's configuration", async () => {
    assert.equal(await region(() => undefined), "eu-west-1");
    assert.equal(await region(() => ({ providers: [kubernetes()] })), "eu-west-1");
    assert.equal(await region(() => ({ providers: { kubernetes: kubernetes() } })), "eu-west-1");
    assert.equal(await region(() => ({ parent: new pulumi.ComponentResource("test:index:Parent", "p") })), "eu-west-1");
  });

  it("is not known where an explicit provider has its own", async () => {
    assert.equal(await region(() => ({ provider: aws() })), undefined);
    assert.equal(await region(() => ({ providers: [aws()] })), undefined);
    const reference = () =>
      new pulumi.DependencyProviderResource("urn:pulumi:plan::istio-mesh::pulumi:providers:aws::elsewhere::id");
    assert.equal(await region(() => ({ providers: { aws: reference() } })), undefined);
    const parent = () => new pulumi.ComponentResource("test:index:Parent", "p", {}, { providers: [aws()] });
    assert.equal(await region(() => ({ parent: parent() })), undefined);
  });

  it("is not known where nothing says it", async () => {
    assert.equal(await region(() => undefined, {} as never), undefined);
  });
});
