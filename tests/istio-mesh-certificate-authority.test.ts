import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { type Answer, answerWith, exampleFacts } from "../cli/plan/example-facts";
import type { CertificateAuthorityArgs, IstioMeshArgs } from "../components";
import { resolveIstioMesh } from "../components/mesh/resolve-mesh-args";
import { smallest } from "./support/args";
import { givenAuthority, pem } from "./support/certificates";
import { recordMesh } from "./support/recorded";

const mesh = (certificateAuthority: CertificateAuthorityArgs, args: Partial<IstioMeshArgs> = {}): IstioMeshArgs => ({
  ...smallest,
  ...args,
  security: { certificateAuthority },
});
const template = "arn:aws:acm-pca:::template/SubordinateCACertificate_PathLen0/V1";
const isSecret = (value: unknown) =>
  (value as Readonly<Record<string, unknown>>)[pulumi.runtime.specialSigKey] === pulumi.runtime.specialSecretSig;

describe("The certificate authority of an IstioMesh", () => {
  it("is a Secret whose data is secret, between the namespace and every istiod", async () => {
    const canary = { version: "1.31.1", revision: "b" };
    const istio = { version: "1.30.4", revision: "a", namespace: "mesh", canary };
    const { find, sent, resources } = await recordMesh(mesh(givenAuthority, { istio }));
    assert.equal(find("mesh-cacerts").type, "kubernetes:core/v1:Secret");
    assert.deepEqual(sent("mesh-cacerts")["metadata"], { name: "cacerts", namespace: "mesh" });
    const data = sent("mesh-cacerts")["data"];
    assert.ok(isSecret(data));
    const { value } = data as { readonly value: Readonly<Record<string, string>> };
    const files = Object.entries(value).map(([file, text]) => [file, Buffer.from(text, "base64").toString()]);
    assert.deepEqual(Object.fromEntries(files), {
      "ca-cert.pem": pem("istiod"),
      "ca-key.pem": pem("istiodKey"),
      "cert-chain.pem": pem("istiod") + pem("issuing"),
      "root-cert.pem": pem("root"),
    });
    assert.deepEqual(find("mesh-cacerts").dependsOn, ["mesh-namespace-mesh"]);
    for (const istiod of ["mesh-istiod-a", "mesh-istiod-b"]) {
      assert.ok(find(istiod).dependsOn.includes("mesh-cacerts"), istiod);
    }
    const holders = resources.filter(({ name }) => JSON.stringify(sent(name)).includes(pem("istiodKey").slice(40, 80)));
    assert.deepEqual(holders, [], "the key is nowhere in plain text, and base64 in the Secret");
  });

  it("is mounted in istiod, also beside volumes of the user's own", async () => {
    const values = { istiod: { volumes: [{ name: "own", emptyDir: {} }], podAnnotations: { a: "b" } } };
    const { input } = await recordMesh(mesh(givenAuthority, { istio: { values } }));
    assert.deepEqual(input("mesh-istiod", "values.volumes"), [
      { name: "own", emptyDir: {} },
      { name: "certificate-authority", secret: { secretName: "cacerts" } },
    ]);
    assert.equal(input("mesh-istiod", "values.env.ROOT_CA_DIR"), "/etc/istio/certificate-authority");
    const annotations = input("mesh-istiod", "values.podAnnotations") as Readonly<Record<string, string>>;
    assert.equal(annotations["a"], "b");
    assert.match(String(annotations["istio-eks/certificate-authority"]), /^[0-9a-f]{16}$/);
  });

  it("of someone else is no resource: Kubernetes holds istiod back until its Secret is there", async () => {
    const { resources, input } = await recordMesh(mesh({ secretName: "mesh-ca" }));
    assert.deepEqual(
      resources.filter(({ type }) => type.endsWith(":Secret")),
      [],
    );
    const secret = { secretName: "mesh-ca" };
    assert.deepEqual(input("mesh-istiod", "values.volumes"), [{ name: "certificate-authority", secret }]);
  });

  const privateCaArn = "arn:aws:acm-pca:eu-central-1:123456789012:certificate-authority/0a1b2c3d";
  const pca = {
    "tls:index/privateKey:PrivateKey": {
      privateKeyPem: pem("pcaIssuedKey"),
      privateKeyPemPkcs8: pem("pcaIssuedKey"),
    },
    "aws:acmpca/certificate:Certificate": { certificate: pem("pcaIssued"), certificateChain: pem("pcaRoot") },
  };
  const answerOf =
    (authority: object): Answer =>
    (token, inputs) =>
      token === "aws:acmpca/getCertificateAuthority:getCertificateAuthority"
        ? { ...inputs, status: "ACTIVE", usageMode: "GENERAL_PURPOSE", certificate: pem("pcaRoot"), ...authority }
        : answerWith(exampleFacts({}))(token, inputs);

  it("is issued by AWS Private CA for a key that nobody else has, before every istiod", async () => {
    const settings = { states: pca, answer: answerOf({}) };
    const { find, sent, input, resources } = await recordMesh(mesh({ privateCaArn }), settings);
    assert.deepEqual(input("mesh-authority-certificate-1", "templateArn"), template);
    assert.deepEqual(input("mesh-authority-certificate-1", "validity"), { type: "DAYS", value: "730" });
    assert.equal(input("mesh-authority-certificate-1", "signingAlgorithm"), "SHA256WITHRSA");
    assert.equal(input("mesh-authority-certificate-1", "certificateAuthorityArn"), privateCaArn);
    assert.deepEqual(find("mesh-authority-certificate-1").options, { retainOnDelete: true });
    assert.deepEqual(input("mesh-authority-request-1", "subject"), {
      ...{ commonName: "Intermediate CA", organization: "Istio", locality: "prod" },
    });
    const data = sent("mesh-cacerts")["data"];
    assert.ok(isSecret(data));
    const { value } = data as { readonly value: Readonly<Record<string, string>> };
    const files = Object.entries(value).map(([file, text]) => [file, Buffer.from(text, "base64").toString()]);
    assert.deepEqual(Object.fromEntries(files), {
      "ca-cert.pem": pem("pcaIssued"),
      "ca-key.pem": pem("pcaIssuedKey"),
      "cert-chain.pem": pem("pcaIssued"),
      "root-cert.pem": pem("pcaRoot"),
    });
    for (const one of ["namespace-istio-system", "authority-key-1", "authority-certificate-1"]) {
      assert.ok(find("mesh-cacerts").dependsOn.includes(`mesh-${one}`), one);
    }
    assert.ok(find("mesh-istiod").dependsOn.includes("mesh-cacerts"));
    const annotations = input("mesh-istiod", "values.podAnnotations") as Readonly<Record<string, string>>;
    assert.match(String(annotations["istio-eks/certificate-authority"]), /^[0-9a-f]{16}$/);
    assert.ok(isSecret(sent("mesh-authority-request-1")["privateKeyPem"]));
    const line = pem("pcaIssuedKey").slice(40, 80);
    const open = resources.filter(({ name }) => JSON.stringify(find(name).inputs).includes(line));
    assert.deepEqual(open, [], "the key is a secret wherever it is");
  });

  it("of AWS Private CA is trusted beside other roots while the authority changes", async () => {
    const settings = { states: pca, answer: answerOf({}) };
    const { sent } = await recordMesh(mesh({ privateCaArn, root: pem("root") }), settings);
    const { value } = sent("mesh-cacerts")["data"] as { readonly value: Readonly<Record<string, string>> };
    const roots = Buffer.from(String(value["root-cert.pem"]), "base64").toString();
    assert.equal(roots, pem("pcaRoot") + pem("root"));
  });

  it("is not issued by an AWS Private CA that is refused", async () => {
    const failures: unknown[] = [];
    const hear = (error: unknown) => failures.push(error);
    process.on("unhandledRejection", hear);
    try {
      const { resources } = await recordMesh(mesh({ privateCaArn }), {
        states: pca,
        answer: answerOf({ usageMode: "SHORT_LIVED_CERTIFICATE" }),
      });
      const names = resources.map(({ name }) => name);
      assert.ok(names.includes("mesh-authority-key-1"));
      for (const name of ["mesh-authority-certificate-1", "mesh-cacerts", "mesh-istiod"]) {
        assert.ok(!names.includes(name), name);
      }
    } finally {
      process.off("unhandledRejection", hear);
    }
  });

  it("of AWS Private CA warns where the authority ends earlier", async () => {
    const ends = answerOf({ certificate: pem("soon"), certificateChain: pem("root") });
    const { warnings } = await recordMesh(mesh({ privateCaArn, validityDays: 3650 }), { states: pca, answer: ends });
    assert.ok(
      warnings.some((line) => line.includes("validityDays: 3650")),
      warnings.join("\n"),
    );
  });

  it("of AWS Private CA renews with a higher generation: a new key and a new certificate", async () => {
    const names = async (generation: number) => {
      const { resources } = await recordMesh(mesh({ privateCaArn, generation }));
      return resources.map(({ name }) => name).filter((name) => name.startsWith("mesh-authority-"));
    };
    const of = (generation: number) =>
      ["key", "request", "certificate"].map((one) => `mesh-authority-${one}-${generation}`);
    assert.deepEqual((await names(1)).sort(), of(1).sort());
    assert.deepEqual((await names(2)).sort(), of(2).sort());
  });

  it("may become known later, and is checked then", async () => {
    const later = pulumi.secret(pem("istiodKey"));
    const { sent } = await recordMesh(() => mesh({ ...givenAuthority, privateKey: later }));
    assert.ok(isSecret(sent("mesh-cacerts")["data"]));
  });

  it("does not bear values by which istiod would not sign, or workloads would ask someone else", () => {
    const problems = (values: object, mode: "sidecar" | "ambient" = "sidecar") =>
      resolveIstioMesh(mesh({ secretName: "cacerts" }, { mode, istio: { values } })).problems;
    const paths = (values: object, mode?: "sidecar" | "ambient") => problems(values, mode).map(({ path }) => path);
    assert.deepEqual(paths({ istiod: { env: { ROOT_CA_DIR: "/etc/cacerts", ENABLE_CA_SERVER: "false" } } }), [
      "istio.values.istiod.env.ROOT_CA_DIR",
      "istio.values.istiod.env.ENABLE_CA_SERVER",
    ]);
    assert.deepEqual(paths({ istiod: { pilot: { env: { EXTERNAL_CA: "ISTIOD_RA_KUBERNETES_API" } } } }), [
      "istio.values.istiod.pilot.env.EXTERNAL_CA",
    ]);
    assert.deepEqual(paths({ istiod: { global: { caAddress: "ca.example.com:443" } } }), [
      "istio.values.istiod.global.caAddress",
    ]);
    assert.deepEqual(paths({ ztunnel: { caAddress: "ca.example.com:443" } }, "ambient"), [
      "istio.values.ztunnel.caAddress",
    ]);
    const [first] = problems({ istiod: { env: { ROOT_CA_DIR: "/x" } } });
    assert.equal(first?.suggestion, "remove it and use security.certificateAuthority");
    const { problems: none } = resolveIstioMesh({
      ...smallest,
      istio: { values: { istiod: { env: { ROOT_CA_DIR: "/x", ENABLE_CA_SERVER: "false" } } } },
    });
    assert.deepEqual(none, [], "without certificateAuthority they are the user's");
  });
});
