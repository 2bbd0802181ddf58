import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { parse } from "yaml";
import { runPlan } from "../cli/plan/plan-command";
import { type Recorded, settled } from "../cli/plan/recording";
import { resolveIstioMesh } from "../components/mesh/resolve-mesh-args";
import { nearlyValidArgs } from "./support/arbitrary-args";
import { smallest, wholeMesh, withIngress } from "./support/args";
import { type RanProgram, runProgram } from "./support/program";

const run = (config: Readonly<Record<string, unknown>>, secretKeys: readonly string[] = []) =>
  runProgram(config, { secretKeys });

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
      "eastWestAddress",
      "enrolmentLabels",
      "hostname",
      "ingressNamespace",
      "ingresses",
      "namespace",
      "peerAccess",
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
    assert.match(value, /"--profile","shop"/);
  });

  it("asks for a kubeconfig in the role that the AWS provider assumes by the stack's configuration", async () => {
    const roleArn = "arn:aws:iam::123456789012:role/deployer";
    for (const [key, given] of [
      ["aws:assumeRole", { roleArn }],
      ["aws:assumeRoles", [{ roleArn: "arn:aws:iam::210987654321:role/first" }, { roleArn }]],
    ] as const) {
      const { sent } = await run({ [mesh]: smallest, [key]: given });
      const { value } = sent("mesh-kubernetes")["kubeconfig"] as { readonly value: string };
      assert.match(value, /"--role-arn","arn:aws:iam::123456789012:role\/deployer"/, key);
      assert.doesNotMatch(value, /first/);
    }
  });

  it("refuses a certificate of another region than the stack's, with nothing registered", async () => {
    const tls = { certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/0f" };
    const args = withIngress({ strategy: "alb", tls });
    const { error, resources } = await run({ [mesh]: args, "aws:region": "eu-west-1" });
    assert.ok(pulumi.RunError.isInstance(error));
    assert.match(error.message, /ingress\.tls\.certificateArn\n.*us-east-1[^]*a certificate in eu-west-1/);
    assert.deepEqual(resources, []);
    assert.equal((await run({ [mesh]: args, "aws:region": "us-east-1" })).error, undefined);
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

/** Every place of a text in a tree. */
type Place = readonly (string | number)[];

function textPlaces(value: unknown, place: Place = []): readonly Place[] {
  if (typeof value === "string") return [place];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => textPlaces(member, [...place, key]));
}

/** A copy of the tree with another text at a place. */
function withText(value: unknown, [key, ...rest]: Place, text: string): unknown {
  if (key === undefined) return text;
  if (Array.isArray(value))
    return value.map((entry, index) => (String(index) === key ? withText(entry, rest, text) : entry));
  const block = value as Readonly<Record<string, unknown>>;
  return { ...block, [key]: withText(block[key], rest, text) };
}

/** Arguments with a text of its own at every place that takes one, and these texts. */
function marked(args: unknown): { readonly args: unknown; readonly texts: readonly string[] } {
  return textPlaces(args).reduce<{ readonly args: unknown; readonly texts: readonly string[] }>(
    (so, place, index) => {
      const text = `hush${index}x`;
      const found = [text, `http://user:${text}@prometheus.monitoring:9090`, `Z${text.toUpperCase()}`]
        .map((written) => withText(so.args, place, written))
        .find((tree) => resolveIstioMesh(tree).problems.length === 0);
      return found === undefined ? so : { args: found, texts: [...so.texts, text] };
    },
    { args, texts: [] },
  );
}

/** Namespace and name of an object of Kubernetes. They are its id too, which Pulumi always writes in plain text. */
function identity(inputs: unknown): string {
  const { metadata } = inputs as { readonly metadata?: { readonly namespace?: unknown; readonly name?: unknown } };
  return `${String(metadata?.namespace)}/${String(metadata?.name)}`;
}

describe("A configuration that is secret", () => {
  const values = { adminPassword: "x", list: [{ env: "x" }], text: 'a "quoted"\ntext' };
  const everything = {
    ...wholeMesh({ mode: "sidecar", strategy: "nlb", routing: "istio" }),
    istio: {
      chartRepository: "https://user:x@charts.example.com",
      imageHub: "x",
      meshConfig: { accessLogEncoding: "x", extra: ["x"] },
      values: { istiod: { env: { TOKEN: "x" } }, gateway: { podAnnotations: { x: "x" } } },
    },
    controlPlane: { nodeSelector: { pool: "x" }, tolerations: [{ key: "x", value: "x" }], priorityClassName: "x" },
    namespaces: {
      shop: {
        labels: { team: "x" },
        networkPolicies: true,
        plaintextPorts: { metrics: { selector: { app: "x" }, ports: [9090] } },
        allowedPeers: { one: { direction: "ingress", namespace: "x", podLabels: { app: "x" }, ports: [80] } },
      },
    },
    telemetry: { tracing: { provider: "xray", customTags: { tag: "x" }, collector: { values } } },
    addons: {
      grafana: { values },
      kiali: { values },
      jaeger: { values },
      cloudwatch: { values },
      prometheus: { url: "http://user:x@prometheus.monitoring:9090" },
    },
    tags: { Owner: "x" },
  };

  async function assertKept(given: unknown): Promise<number> {
    const { args, texts } = marked(given);
    const ran = await run({ [mesh]: args }, [mesh]);
    assert.equal(ran.error, undefined);
    const names = ran.resources.flatMap(({ name }) => [name, identity(ran.sent(name))]).join("\n");
    const open = [
      ...ran.resources.map(({ name }) => `${name}: ${JSON.stringify(withoutSecrets(ran.sent(name)))}`),
      ...(await Promise.all(
        Object.entries(ran.outputs).map(async ([key, output]) => `${key}: ${JSON.stringify(await settled(output))}`),
      )),
    ];
    const found = texts
      .filter((text) => !names.includes(text))
      .flatMap((text) => open.filter((one) => one.toLowerCase().includes(text)).map((one) => `${text} in ${one}`));
    assert.deepEqual(found, []);
    return texts.filter((text) => !names.includes(text)).length;
  }

  it("has none of its texts in plain text, but those in names of resources and objects", async () => {
    assert.equal(resolveIstioMesh(everything).problems.length, 0);
    assert.ok((await assertKept(everything)) > 25);
  });

  it("has none in plain text, whatever it says", async () => {
    await fc.assert(
      fc.asyncProperty(nearlyValidArgs, async (args) => {
        if (resolveIstioMesh(args).problems.length === 0) await assertKept(args);
      }),
      { numRuns: 25, endOnFailure: true },
    );
  });

  it("makes the same resources as one in plain text", async () => {
    const [open, secret] = [await run({ [mesh]: everything }), await run({ [mesh]: everything }, [mesh])];
    const created = ({ resources }: RanProgram) =>
      resources.map(({ name, type, dependsOn }) => `${name} ${type} ${[...dependsOn].sort().join()}`).sort();
    assert.ok(created(open).length > 30);
    assert.deepEqual(created(secret), created(open));
  });
});
