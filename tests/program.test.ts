import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { runPlan } from "../cli/plan-command";
import { type Recorded, settled } from "../cli/recording";
import { smallest, withIngress } from "./support/args";
import { type Recording, recordProgram } from "./support/recorded";

type Outputs = Readonly<Record<string, unknown>>;

interface Ran extends Recording {
  readonly outputs: Outputs;
  /** What the program threw, as Pulumi would print it. */
  readonly error: unknown;
}

/** Runs `index.ts` as `pulumi up` does, with this configuration of its stack. */
async function run(config: Readonly<Record<string, unknown>>, secretKeys: readonly string[] = []): Promise<Ran> {
  let outputs: Outputs = {};
  let error: unknown;
  const texts = Object.entries(config).map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  const recording = await recordProgram(() => {
    pulumi.runtime.setAllConfig(Object.fromEntries(texts) as Record<string, string>, [...secretKeys]);
    try {
      outputs = loadAnew("../index") as Outputs;
    } catch (thrown) {
      error = thrown;
    }
  });
  pulumi.runtime.setAllConfig({}, []);
  return { ...recording, outputs, error };
}

const load = createRequire(__filename);

/** A program runs when it is loaded, and only the first time, unless it is forgotten before. */
function loadAnew(file: string): unknown {
  const { cache } = load;
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete
  delete cache[load.resolve(file)];
  return load(file);
}

const mesh = "istio-mesh:mesh";

describe("The program", () => {
  it("makes the mesh of the stack's configuration", async () => {
    const { resources, error, input } = await run({ [mesh]: withIngress({ scheme: "internet-facing" }) });
    assert.equal(error, undefined);
    assert.equal(resources.filter(({ type }) => type === "istio-eks:index:IstioMesh").length, 1);
    assert.equal(input("mesh", "mode"), "sidecar");
    assert.equal(input("mesh-rule-istio-ingress/http-from-0.0.0.0/0", "cidrIpv4"), "0.0.0.0/0");
  });

  it("makes what the plan command shows, resource by resource", async () => {
    const { config } = parse(readFileSync("Pulumi.dev.yaml", "utf8")) as { readonly config: Record<string, unknown> };
    const { resources } = await run(config);
    const command = { config: "Pulumi.dev.yaml", output: undefined, facts: undefined, destroy: false, colours: false };
    const plan = JSON.parse(await runPlan({ ...command, format: "json" })) as { readonly resources: Recorded[] };
    const sorted = (all: readonly Recorded[]) => [...all].sort((one, other) => one.name.localeCompare(other.name));
    assert.deepEqual(sorted(plan.resources), JSON.parse(JSON.stringify(sorted(resources))));
  });

  it("exports what one wants to know of the mesh, and nothing else", async () => {
    const { outputs } = await run({ [mesh]: withIngress({ hostnames: ["app.example.com"] }) });
    const known = Object.entries(outputs).filter(([key]) => key !== "__esModule");
    assert.deepEqual(known.map(([key]) => key).sort(), [
      "enrolmentLabels",
      "hostname",
      "ingressNamespace",
      "ingresses",
      "namespace",
      "revision",
      "url",
      "version",
    ]);
    assert.equal(await settled(outputs["url"]), "http://app.example.com");
    assert.equal(await settled(outputs["ingressNamespace"]), "istio-ingress");
    assert.deepEqual(await settled(outputs["enrolmentLabels"]), { "istio-injection": "enabled" });
  });

  it("asks for a kubeconfig in the AWS profile of the stack's configuration", async () => {
    const { sent } = await run({ [mesh]: smallest, "aws:profile": "shop" });
    const { value } = sent("mesh-kubernetes")["kubeconfig"] as { readonly value: string };
    assert.match(value, /"env":\[\{"name":"AWS_PROFILE","value":"shop"\}\]/);
  });

  it("refuses a key that nobody would read, with one error and nothing registered", async () => {
    const { error, resources } = await run({
      [mesh]: smallest,
      "istio-mesh:ingress": { strategy: "nlb" },
      "aws:region": "eu-west-1",
    });
    assert.ok(pulumi.RunError.isInstance(error));
    assert.equal(
      error.message,
      `1 problem in the arguments of the mesh "mesh"; nothing was made.

  istio-mesh:ingress
    given    "a configuration key"
    allowed  istio-mesh:mesh, which holds all arguments of the mesh
    to do    move it below istio-mesh:mesh, such as: pulumi config set --path mesh.ingress …`,
    );
    assert.deepEqual(resources, []);
  });

  it("refuses wrong arguments with one error and nothing registered", async () => {
    const { error, resources, lookups } = await run({ [mesh]: { mode: "ambiant", cluster: { name: "prod" } } });
    assert.ok(pulumi.RunError.isInstance(error));
    assert.match(error.message, /^1 problem in the arguments of the mesh "mesh"; nothing was made\.\n\n {2}mode\n/);
    assert.deepEqual([resources, lookups], [[], []]);
  });

  it("says which key is missing where there is no configuration at all", async () => {
    const { error, resources } = await run({});
    assert.ok(error instanceof Error);
    assert.match(error.message, /Missing required configuration variable 'istio-mesh:mesh'/);
    assert.deepEqual(resources, []);
  });

  describe("whose configuration holds a secret", () => {
    const args = {
      ...withIngress({ tls: { certificateArn: "arn:aws:acm:eu-central-1:123456789012:certificate/hush" } }),
      tags: { owner: "hush" },
      istio: { values: { istiod: { env: { TOKEN: "hush" } } } },
    };

    it("keeps every text that may be it secret, in state and outputs", async () => {
      const { resources, sent, outputs } = await run({ [mesh]: args }, [mesh]);
      const open = resources
        .map(({ name }) => [name, JSON.stringify(withoutSecrets(sent(name)))] as const)
        .filter(([, text]) => text.includes("hush"));
      assert.deepEqual(open, []);
      assert.ok(JSON.stringify(sent("mesh-istiod")).includes("hush"), "it is there all the same");
      assert.equal(await settled(outputs["ingresses"]), "[secret]");
    });

    it("still decides by the words that cannot be one", async () => {
      const { input, error } = await run({ [mesh]: args }, [mesh]);
      assert.equal(error, undefined);
      assert.equal(input("mesh", "mode"), "sidecar");
      assert.equal(input("mesh-service-istio-ingress", "spec.type"), "LoadBalancer");
    });

    it("hides nothing where no key is secret", async () => {
      const { sent } = await run({ [mesh]: args });
      assert.match(JSON.stringify(withoutSecrets(sent("mesh-istiod"))), /hush/);
    });
  });
});

/** A tree as Pulumi sends it, without what is in its envelopes for secrets. */
function withoutSecrets(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutSecrets);
  const members = value as Readonly<Record<string, unknown>>;
  if (members[pulumi.runtime.specialSigKey] === pulumi.runtime.specialSecretSig) return "(secret)";
  return Object.fromEntries(Object.entries(members).map(([key, member]) => [key, withoutSecrets(member)]));
}
