import assert from "node:assert/strict";
import { authorityRequirements, withAuthority } from "../../../components/control-plane/charts/certificate-authority";
import type { CertificateAuthoritySettings } from "../../../components/plan/certificate-authority";
import type { Tree } from "../../../components/plan/input-value";
import { textOf } from "../../../components/resources/interpolation";
import { givenAuthority, pem } from "../../support/certificates";

const existing: CertificateAuthoritySettings = { kind: "existing", secretName: "mesh-ca" };
const given = (texts = givenAuthority): CertificateAuthoritySettings => ({
  kind: "given",
  secretName: "cacerts",
  texts,
});
const release = (values: Tree) => ({
  ...{ name: "istiod", after: ["base"], releaseName: "istiod", chart: "istiod", version: "1.31.1" },
  ...{ repository: "https://charts.example.com", namespace: "istio-system", values },
});
const volume = { name: "certificate-authority", secret: { secretName: "mesh-ca" } };
const mount = { name: "certificate-authority", mountPath: "/etc/istio/certificate-authority", readOnly: true };

describe("authorityRequirements", () => {
  it("has istiod read its certificate where the Secret is mounted", () => {
    assert.deepEqual(authorityRequirements(existing), {
      env: { ROOT_CA_DIR: mount.mountPath },
      podAnnotations: {},
    });
    assert.deepEqual(authorityRequirements(undefined), {});
  });
});

describe("withAuthority", () => {
  it("changes nothing without a certificate authority", () => {
    const istiod = release({ env: {} });
    assert.equal(withAuthority(istiod, undefined), istiod);
  });

  it("mounts the Secret, so that no pod starts without it", () => {
    assert.deepEqual(withAuthority(release({ env: {} }), existing), {
      ...release({ env: {}, volumes: [volume], volumeMounts: [mount] }),
      deferredValues: [],
    });
  });

  it("keeps the user's own volumes, wherever they are written", () => {
    const top = withAuthority(release({ volumes: [{ name: "own" }], pilot: { env: {} } }), existing).values;
    assert.deepEqual(top, { volumes: [{ name: "own" }, volume], volumeMounts: [mount], pilot: { env: {} } });
    const pilot = { volumes: [{ name: "own" }], volumeMounts: [{ name: "own" }], cpu: 1 };
    const below = withAuthority(release({ pilot }), existing).values;
    assert.deepEqual(below, {
      pilot: { volumes: [{ name: "own" }, volume], volumeMounts: [{ name: "own" }, mount], cpu: 1 },
    });
  });

  it("comes after the Secret that AWS Private CA fills, and replaces the pods with what it issues", () => {
    const privateCaArn = "arn:aws:acm-pca:eu-central-1:123456789012:certificate-authority/0a1b";
    const issuing = { kind: "private-ca", secretName: "cacerts", privateCaArn, root: "" } as const;
    const authority: CertificateAuthoritySettings = { ...issuing, validityDays: 730, generation: 1 };
    const { after, deferredValues } = withAuthority(release({}), authority, givenAuthority);
    assert.deepEqual(after, ["base", "cacerts"]);
    assert.deepEqual(
      deferredValues?.map(({ value }) => textOf(value)),
      withAuthority(release({}), given()).deferredValues?.map(({ value }) => textOf(value)),
    );
    assert.deepEqual(withAuthority(release({}), authority).deferredValues, []);
  });

  it("comes after a Secret of the mesh's own, and replaces the pods when its certificates change", () => {
    const { after, deferredValues } = withAuthority(release({}), given());
    assert.deepEqual(after, ["base", "cacerts"]);
    assert.deepEqual(withAuthority(release({}), existing).after, ["base"]);
    const [deferred, ...more] = deferredValues || [];
    assert.deepEqual(deferred?.path, ["podAnnotations", "istio-eks/certificate-authority"]);
    assert.deepEqual(more, []);
    const print = (texts = givenAuthority) => {
      const [one] = withAuthority(release({}), given(texts)).deferredValues || [];
      assert.ok(one !== undefined);
      return textOf(one.value);
    };
    assert.match(String(print()), /^[0-9a-f]{16}$/);
    const prints = [
      print(),
      print({ ...givenAuthority, root: pem("root") + pem("otherRoot") }),
      print({ ...givenAuthority, chain: pem("issuingByOther") }),
      print({ ...givenAuthority, certificate: pem("direct") }),
    ];
    assert.equal(new Set(prints).size, 4);
    assert.equal(print({ ...givenAuthority, privateKey: pem("istiodSec1Key") }), print(), "the same key");
  });
});
