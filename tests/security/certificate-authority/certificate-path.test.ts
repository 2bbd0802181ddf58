import assert from "node:assert/strict";
import {
  allowsTls,
  issuerOf,
  nameOf,
  pathLength,
  pathToRoot as find,
} from "../../../components/security/certificate-authority/certificate-path";
import { certificatesIn } from "../../../components/security/certificate-authority/pem";
import { pem } from "../../support/certificates";

const read = (...names: readonly string[]) => names.flatMap((name) => [...(certificatesIn(pem(name)) || [])]);

function pathToRoot(name: string, intermediates: readonly string[], roots: readonly string[]) {
  const [certificate] = read(name);
  assert.ok(certificate !== undefined);
  const path = find(certificate, { intermediates: read(...intermediates), roots: read(...roots) });
  return path === undefined ? undefined : [...path.signers, path.root].map((one) => nameOf(one).split("CN=")[1]);
}

describe("pathToRoot", () => {
  it("goes from the certificate to the root that signed the last intermediate one", () => {
    assert.deepEqual(pathToRoot("direct", [], ["root"]), ["Istio Direct", "Example Root"]);
    const whole = ["Istio Intermediate", "Example Issuing", "Example Root"];
    assert.deepEqual(pathToRoot("istiod", ["issuing"], ["root"]), whole);
    assert.deepEqual(pathToRoot("istiod", ["root", "direct", "issuing", "istiod"], ["otherRoot", "root"]), whole);
  });

  it("takes the intermediate certificate that leads to a root, of two with one key and name", () => {
    const byOther = ["Istio Intermediate", "Example Issuing", "Other Root"];
    assert.deepEqual(pathToRoot("istiod", ["issuing", "issuingByOther"], ["otherRoot"]), byOther);
  });

  it("is short where the certificate is a root itself, as istiod's own is", () => {
    assert.deepEqual(pathToRoot("root", [], ["otherRoot", "root"]), ["Example Root", "Example Root"]);
  });

  it("takes the root whose key signed, of two with one name", () => {
    assert.equal(pathToRoot("direct", [], ["renewedRoot"]), undefined);
    const [certificate] = read("direct");
    assert.ok(certificate !== undefined);
    const found = find(certificate, { intermediates: [], roots: read("renewedRoot", "root") });
    assert.equal(String(found?.root), pem("root"));
  });

  it("is none where a certificate is missing, or another root is given", () => {
    assert.equal(pathToRoot("istiod", [], ["root"]), undefined);
    assert.equal(pathToRoot("istiod", ["issuing"], ["otherRoot"]), undefined);
    assert.equal(pathToRoot("istiod", ["issuing", "root"], ["otherRoot"]), undefined);
  });
});

describe("pathLength", () => {
  it("is how many authorities may stand below, if the certificate limits them", () => {
    const lengths = ["short", "one", "istiod", "leaf", "shortRoot"].map((name) => read(name).map(pathLength));
    assert.deepEqual(lengths, [[0], [1], [undefined], [undefined], [0]]);
  });
});

describe("allowsTls", () => {
  it("holds without extended key usages, with any of them, and with those of servers and clients", () => {
    const allowed = ["istiod", "anyUse", "tls", "limited", "clientOnly"].map((name) => read(name).map(allowsTls));
    assert.deepEqual(allowed, [[true], [true], [true], [false], [false]]);
  });
});

describe("nameOf", () => {
  it("is the subject in one line, and the serial number without one", () => {
    const [certificate] = read("istiod");
    assert.ok(certificate !== undefined);
    assert.equal(nameOf(certificate), "O=Example, CN=Istio Intermediate");
    assert.equal(issuerOf(certificate), "O=Example, CN=Example Issuing");
    assert.equal(nameOf({ subject: "", serialNumber: "03EC" } as typeof certificate), "serial number 03EC");
  });
});
