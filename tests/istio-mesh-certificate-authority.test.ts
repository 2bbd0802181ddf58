import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
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
const sealed = (value: unknown) =>
  (value as Readonly<Record<string, unknown>>)[pulumi.runtime.specialSigKey] === pulumi.runtime.specialSecretSig;

describe("The certificate authority of an IstioMesh", () => {
  it("is a Secret whose data is secret, between the namespace and every istiod", async () => {
    const canary = { version: "1.31.1", revision: "b" };
    const istio = { version: "1.30.4", revision: "a", namespace: "mesh", canary };
    const { find, sent, resources } = await recordMesh(mesh(givenAuthority, { istio }));
    assert.equal(find("mesh-cacerts").type, "kubernetes:core/v1:Secret");
    assert.deepEqual(sent("mesh-cacerts")["metadata"], { name: "cacerts", namespace: "mesh" });
    const data = sent("mesh-cacerts")["data"];
    assert.ok(sealed(data));
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
    assert.deepEqual(holders, [], "the key is nowhere in the open, and base64 in the Secret");
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

  it("may become known later, and is checked then", async () => {
    const later = pulumi.secret(pem("istiodKey"));
    const { sent } = await recordMesh(() => mesh({ ...givenAuthority, privateKey: later }));
    assert.ok(sealed(sent("mesh-cacerts")["data"]));
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
    assert.equal(first?.remedy, "remove it and use security.certificateAuthority");
    const { problems: none } = resolveIstioMesh({
      ...smallest,
      istio: { values: { istiod: { env: { ROOT_CA_DIR: "/x", ENABLE_CA_SERVER: "false" } } } },
    });
    assert.deepEqual(none, [], "without certificateAuthority they are the user's");
  });
});
