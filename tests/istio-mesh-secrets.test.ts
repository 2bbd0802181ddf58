import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { IstioMeshArgs } from "../components";
import { defaultIstioVersion } from "../components/control-plane/charts/versions";
import { wholeMesh, withIngress } from "./support/args";
import { makeEksCluster, withEksCluster } from "./support/eks-cluster";
import { type RecordedMesh, recordMesh, type RecordMeshOptions } from "./support/recorded";

/** Where a text stands in a tree, and whether Pulumi's envelope for secrets is around it. */
interface Found {
  readonly path: string;
  readonly secret: boolean;
}

function findText(value: unknown, text: string, at: Found = { path: "", secret: false }): readonly Found[] {
  if (typeof value === "string") return value.includes(text) ? [at] : [];
  if (typeof value !== "object" || value === null) return [];
  const members = value as Readonly<Record<string, unknown>>;
  if (members[pulumi.runtime.specialSigKey] === pulumi.runtime.specialSecretSig) {
    return findText(members["value"], text, { ...at, secret: true });
  }
  return Object.entries(members).flatMap(([key, member]) =>
    findText(member, text, { ...at, path: at.path === "" ? key : `${at.path}.${key}` }),
  );
}

/** Every place in all inputs where the text stands: `resource: path`, and `(in plain text)` if it is not a secret. */
function placesOf(text: string, { resources, sent }: RecordedMesh): readonly string[] {
  return resources.flatMap(({ name }) =>
    findText(sent(name), text).map(({ path, secret }) => `${name}: ${path}${secret ? "" : " (in plain text)"}`),
  );
}

async function allOutputs({ mesh }: RecordedMesh): Promise<string> {
  const { url, hostname, ingresses, namespace, ingressNamespace, version, revision, enrolmentLabels } = mesh;
  const outputs = { url, hostname, ingresses, namespace, ingressNamespace, version, revision, enrolmentLabels };
  const all = pulumi.output(outputs) as unknown as { promise(): Promise<unknown> };
  return JSON.stringify(await all.promise());
}

const isSecret = (output: pulumi.Output<unknown> | undefined) =>
  (output as unknown as { readonly isSecret: Promise<boolean> }).isSecret;

describe("The kubeconfig of an IstioMesh", () => {
  const whole = wholeMesh({ mode: "ambient", strategy: "nlb", routing: "gateway-api" });
  const cases: readonly {
    readonly when: string;
    readonly args: () => IstioMeshArgs;
    readonly text: string;
    readonly options?: RecordMeshOptions;
  }[] = [
    { when: "made from the look-up", args: () => whole, text: "get-token" },
    {
      when: "given by the user in plain text",
      args: () => ({ ...whole, cluster: { name: "prod", kubeconfig: "the user's own kubeconfig" } }),
      text: "the user's own kubeconfig",
    },
    {
      when: "given by the user as a secret",
      args: () => ({ ...whole, cluster: { name: "prod", kubeconfig: pulumi.secret("the user's own kubeconfig") } }),
      text: "the user's own kubeconfig",
    },
  ];
  for (const { when, args, text, options } of cases) {
    it(`is secret wherever it goes, and goes nowhere but to providers and cleanup (${when})`, async () => {
      const recorded = await recordMesh(args, options);
      assert.deepEqual([...placesOf(text, recorded)].sort(), [
        "mesh-cleanup: stdin",
        "mesh-crds-provider: kubeconfig",
        "mesh-kubernetes: kubeconfig",
      ]);
      assert.ok(!(await allOutputs(recorded)).includes(text));
    });
  }

  it("of a cluster of the same program goes to the cleanup as a secret too", async () => {
    const args = () => ({ ...whole, cluster: { eksCluster: makeEksCluster() } });
    const recorded = await recordMesh(args, withEksCluster());
    const ours = placesOf("current-context", recorded).filter((place) => place.startsWith("mesh"));
    assert.deepEqual([...ours].sort(), ["mesh-cleanup: stdin", "mesh-crds-provider: kubeconfig"]);
  });

  it("is a command that asks for a token, so that the one in the state is still good months later", async () => {
    const { sent } = await recordMesh(whole);
    const { value } = sent("mesh-kubernetes")["kubeconfig"] as { readonly value: string };
    assert.deepEqual(JSON.parse(value), {
      apiVersion: "v1",
      kind: "Config",
      clusters: [
        {
          name: "prod",
          cluster: { server: "https://EXAMPLE.eks.amazonaws.com", "certificate-authority-data": "ZXhhbXBsZQ==" },
        },
      ],
      contexts: [{ name: "prod", context: { cluster: "prod", user: "prod" } }],
      "current-context": "prod",
      users: [
        {
          name: "prod",
          user: {
            exec: {
              apiVersion: "client.authentication.k8s.io/v1beta1",
              command: "aws",
              args: ["eks", "get-token", "--cluster-name", "prod", "--region", "eu-central-1", "--output", "json"],
              interactiveMode: "Never",
            },
          },
        },
      ],
    });
  });
});

describe("A secret among the arguments of an IstioMesh", () => {
  it("stays secret in a chart's values, and hides nothing but them", async () => {
    const values = { istiod: { env: { TOKEN: pulumi.secret("hush") } } };
    const recorded = await recordMesh(withIngress({}, { istio: { values } }));
    assert.deepEqual(placesOf("hush", recorded), ["mesh-istiod: values.env.TOKEN"]);
    assert.equal(recorded.input("mesh-istiod", "version"), defaultIstioVersion);
    assert.equal(recorded.input("mesh-base", "values.defaultRevision"), "default");
  });

  it("stays secret in the mesh's configuration", async () => {
    const recorded = await recordMesh(withIngress({}, { istio: { meshConfig: { caKey: pulumi.secret("hush") } } }));
    assert.deepEqual(placesOf("hush", recorded), ["mesh-istiod: values.meshConfig.caKey"]);
  });

  it("stays secret in tags, rules and annotations", async () => {
    const recorded = await recordMesh(withIngress({}, { tags: { owner: pulumi.secret("hush") } }));
    const places = placesOf("hush", recorded);
    assert.ok(places.includes("mesh-security-group-istio-ingress: tags.owner"));
    assert.ok(places.some((place) => place.includes("aws-load-balancer-additional-resource-tags")));
    assert.deepEqual(
      places.filter((place) => place.endsWith("(in plain text)")),
      [],
    );
  });

  it("stays secret in outputs made of it", async () => {
    const certificateArn = "arn:aws:acm:eu-central-1:123456789012:certificate/hush";
    const { mesh } = await recordMesh(withIngress({ tls: { certificateArn: pulumi.secret(certificateArn) } }));
    assert.equal(await isSecret(mesh.ingresses), true);
    assert.equal(await isSecret(mesh.url), false);
  });
});

describe("What the state keeps of an IstioMesh itself", () => {
  it("is a summary without input values: enough to recognise it, and nothing that it would have to wait for", async () => {
    const { sent, find } = await recordMesh(withIngress({}, { tags: { owner: pulumi.secret("hush") } }));
    assert.deepEqual(sent("mesh"), {
      mode: "sidecar",
      version: defaultIstioVersion,
      ingresses: { "istio-ingress": "nlb" },
    });
    assert.deepEqual(find("mesh").dependsOn, []);
  });
});
