import assert from "node:assert/strict";
import {
  certificatesIn,
  certificatesText,
  privateKeyIn,
  privateKeyText,
} from "../../../components/security/certificate-authority/pem";
import { pem } from "../../support/certificates";

describe("certificatesIn", () => {
  const subjects = (text: string) => certificatesIn(text)?.map(({ subject }) => subject.split("CN=")[1]);

  it("reads the certificates of a text in their order, also with the words of openssl around them", () => {
    assert.deepEqual(subjects(pem("istiod")), ["Istio Intermediate"]);
    assert.deepEqual(subjects(`subject=O = Example\n${pem("issuing")}\n\n${pem("root")}`), [
      "Example Issuing",
      "Example Root",
    ]);
    assert.deepEqual(subjects(pem("root").replaceAll("\n", "\r\n")), ["Example Root"]);
  });

  it("reads nothing of a text in which anything cannot be read", () => {
    assert.equal(certificatesIn(""), undefined);
    assert.equal(certificatesIn("root"), undefined);
    assert.equal(certificatesIn(pem("root").slice(0, 300)), undefined);
    assert.equal(certificatesIn(pem("root") + pem("issuing").slice(0, 300)), undefined);
    assert.equal(certificatesIn(pem("root") + pem("istiodKey")), undefined);
    assert.equal(certificatesIn("-----BEGIN CERTIFICATE-----\nZXhhbXBsZQ==\n-----END CERTIFICATE-----\n"), undefined);
  });
});

describe("certificatesText", () => {
  it("takes certificates, and says what is wrong with other texts", () => {
    assert.equal(certificatesText.check(pem("istiod") + pem("issuing")), undefined);
    assert.equal(
      certificatesText.check(pem("istiod") + pem("istiodKey")),
      "write the key in privateKey, and only certificates here",
    );
    assert.equal(certificatesText.check("cacerts"), "write the whole text of the file, with its line breaks");
    assert.equal(certificatesText.check(1), "write the whole text of the file, with its line breaks");
  });
});

describe("privateKeyText", () => {
  it("takes keys that istiod reads and proxies accept", () => {
    for (const key of ["istiodKey", "istiodSec1Key", "rsa2048Key"]) {
      assert.equal(privateKeyText.check(pem(key)), undefined, key);
    }
  });

  it("refuses others", () => {
    for (const key of ["rsa1024Key", "ed25519Key", "p521Key"]) {
      assert.equal(privateKeyText.check(pem(key)), "issue the certificate for a key of one of these kinds", key);
    }
    assert.equal(privateKeyText.check(pem("encryptedKey")), "decrypt it: openssl pkey -in <file>");
    assert.match(String(privateKeyText.check(pem("istiod"))), /^write the whole text/);
    assert.match(String(privateKeyText.check("")), /^write the whole text/);
  });

  it("reads keys of all their formats as the same key", () => {
    const [one, other] = ["istiodKey", "istiodSec1Key"].map((key) => privateKeyIn(pem(key)));
    assert.ok(one !== undefined && other !== undefined && one.equals(other));
  });
});
