import assert from "node:assert/strict";
import { Provider, type ProviderArgs } from "@pulumi/aws/provider";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap";
import * as pulumi from "@pulumi/pulumi";
import { settled } from "../../cli/plan/recording";
import { awsIdentity } from "../../components/lookups/aws-identity";
import type { ClusterSettings } from "../../components/plan/settings";
import { recordProgram } from "../support/recorded";

const deployer = "arn:aws:iam::123456789012:role/deployer";
const first = "arn:aws:iam::210987654321:role/first";

interface Question {
  readonly cluster?: Partial<Pick<ClusterSettings, "roleArn" | "profile">>;
  /** The configuration of the stack. */
  readonly config?: Readonly<Record<string, string>>;
  /** An explicit provider, and how it is passed. */
  readonly provider?: () => pulumi.ProviderResource;
  readonly way?: "provider" | "providers";
}

function optionsWith(given: pulumi.ProviderResource | undefined, way: "provider" | "providers") {
  if (given === undefined) return {};
  return way === "provider" ? { provider: given } : { providers: [given] };
}

/** The identity of a mesh, as `profile, role`, and the warnings about it. */
async function identity({ cluster = {}, config = {}, provider, way = "providers" }: Question) {
  const answers: unknown[] = [];
  const { warnings } = await recordProgram(() => {
    pulumi.runtime.setAllConfig({ ...config });
    const given = provider?.();
    const parent = new pulumi.ComponentResource("test:index:Parent", "parent", {}, optionsWith(given, way));
    const found = awsIdentity({ roleArn: undefined, profile: undefined, ...cluster }, parent);
    const both = [found.profile, found.roleArn] as const;
    answers.push(both);
    // Pulumi waits for what a resource is made of.
    new ConfigMap("user", { data: { profile: both[0], roleArn: both[1] } });
  });
  pulumi.runtime.setAllConfig({});
  return { answer: await settled(answers[0]), warnings };
}
const explicit = (args: ProviderArgs) => () => new Provider("elsewhere", { region: "us-west-2", ...args });

describe("awsIdentity", () => {
  it("is the aws command's own default where nothing says otherwise", async () => {
    assert.deepEqual(await identity({}), { answer: ["", ""], warnings: [] });
    assert.deepEqual(await identity({ provider: explicit({}) }), { answer: ["", ""], warnings: [] });
    assert.deepEqual(awsIdentity({ roleArn: undefined, profile: undefined }, undefined).profile, "");
  });

  it("is that of the default provider, by the configuration of the stack", async () => {
    const config = { "aws:profile": "shop", "aws:assumeRoles": JSON.stringify([{ roleArn: deployer }]) };
    assert.deepEqual(await identity({ config }), { answer: ["shop", deployer], warnings: [] });
    const older = { "aws:assumeRole": JSON.stringify({ roleArn: deployer }) };
    assert.deepEqual(await identity({ config: older }), { answer: ["", deployer], warnings: [] });
  });

  for (const way of ["provider", "providers"] as const) {
    it(`is that of an explicit provider in opts.${way}, which reads no configuration of the stack`, async () => {
      const config = { "aws:profile": "other", "aws:assumeRoles": JSON.stringify([{ roleArn: first }]) };
      const provider = explicit({ profile: "shop", assumeRoles: [{ roleArn: pulumi.output(deployer) }] });
      assert.deepEqual(await identity({ config, provider, way }), { answer: ["shop", deployer], warnings: [] });
      assert.deepEqual((await identity({ config, provider: explicit({}), way })).answer, ["", ""]);
    });
  }

  it("is what the user names, without a warning", async () => {
    const config = {
      "aws:profile": "shop",
      "aws:assumeRoles": JSON.stringify([{ roleArn: first }]),
      "aws:accessKey": "AKIAIOSFODNN7EXAMPLE",
    };
    const of = (cluster: NonNullable<Question["cluster"]>) => identity({ cluster, config });
    assert.deepEqual(await of({ profile: "mine" }), { answer: ["mine", ""], warnings: [] });
    assert.deepEqual(await of({ roleArn: deployer }), { answer: ["shop", deployer], warnings: [] });
    assert.deepEqual(await of({ profile: "mine", roleArn: deployer }), { answer: ["mine", deployer], warnings: [] });
  });

  const members = /write cluster\.profile \(.*\) or cluster\.roleArn\./;

  it("warns of credentials that the aws command cannot use", async () => {
    const webIdentity = { roleArn: deployer, webIdentityTokenFile: "/token" };
    for (const [key, config, provider] of [
      ["accessKey", "AKIAIOSFODNN7EXAMPLE", { accessKey: pulumi.secret("AKIAIOSFODNN7EXAMPLE") }],
      ["assumeRoleWithWebIdentity", JSON.stringify(webIdentity), { assumeRoleWithWebIdentity: webIdentity }],
      ["sharedConfigFiles", '["/config"]', { sharedConfigFiles: ["/config"] }],
      ["sharedCredentialsFiles", '["/credentials"]', { sharedCredentialsFiles: ["/credentials"] }],
    ] as const) {
      const configured = await identity({ config: { [`aws:${key}`]: config } });
      const passed = await identity({ provider: explicit(provider as ProviderArgs) });
      assert.equal(configured.warnings.length, 1);
      assert.match(String(configured.warnings[0]), new RegExp(`cannot use aws:${key} of the configuration of`));
      assert.equal(passed.warnings.length, 1);
      assert.match(String(passed.warnings[0]), new RegExp(`cannot use ${key} of the AWS provider in the component's`));
      for (const { warnings, answer } of [configured, passed]) {
        assert.match(String(warnings[0]), members);
        assert.deepEqual(answer, ["", ""], "and no secret of the provider makes them secret");
      }
    }
  });

  it("warns of roles that are assumed one after another, of which the aws command assumes the last", async () => {
    const roles = [{ roleArn: first }, { roleArn: deployer }];
    const { answer, warnings } = await identity({ provider: explicit({ assumeRoles: roles }) });
    assert.deepEqual(answer, ["", deployer]);
    assert.equal(warnings.length, 1);
    assert.match(String(warnings[0]), /only the last of the 2 roles of .*, directly: .*deployer/);
    assert.match(String(warnings[0]), members);
  });

  it("takes aws:assumeRole and aws:assumeRoles for two names of one setting", async () => {
    const config = {
      "aws:assumeRole": JSON.stringify({ roleArn: first }),
      "aws:assumeRoles": JSON.stringify([{ roleArn: deployer }]),
    };
    assert.deepEqual(await identity({ config }), { answer: ["", deployer], warnings: [] });
  });

  it("warns of an external ID, for which the aws command has no option", async () => {
    const roles = JSON.stringify([{ roleArn: deployer, externalId: "x-1" }]);
    const { answer, warnings } = await identity({ config: { "aws:assumeRoles": roles } });
    assert.deepEqual(answer, ["", deployer]);
    assert.equal(warnings.length, 1);
    assert.match(String(warnings[0]), /external ID.*Write cluster\.profile/);
  });

  it("warns where a program in another language passes a provider, of which only a reference arrives", async () => {
    const provider = () =>
      new pulumi.DependencyProviderResource("urn:pulumi:plan::istio-mesh::pulumi:providers:aws::elsewhere::id");
    const { answer, warnings } = await identity({ provider });
    assert.deepEqual(answer, ["", ""]);
    assert.equal(warnings.length, 1);
    assert.match(String(warnings[0]), members);
  });

  it("takes no role from a configuration that the AWS provider would not take either", async () => {
    for (const assumeRoles of ["{", '"role"', "null", '[null, {}, { "roleArn": 1 }]']) {
      assert.deepEqual(await identity({ config: { "aws:assumeRoles": assumeRoles } }), {
        answer: ["", ""],
        warnings: [],
      });
    }
  });
});
