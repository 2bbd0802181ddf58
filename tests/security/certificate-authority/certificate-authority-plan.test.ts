import assert from "node:assert/strict";
import {
  filesOf,
  planCertificateAuthority,
} from "../../../components/security/certificate-authority/certificate-authority-plan";
import { certificatesIn } from "../../../components/security/certificate-authority/pem";
import { givenAuthority, pem } from "../../support/certificates";

const place = { namespace: "mesh", after: ["namespace-mesh"] };

describe("planCertificateAuthority", () => {
  it("plans the Secret of given texts, after its namespace", () => {
    const given = { kind: "given", secretName: "cacerts", texts: givenAuthority } as const;
    assert.deepEqual(planCertificateAuthority(given, place), [
      { name: "cacerts", ...place, secretName: "cacerts", texts: givenAuthority, files: filesOf },
    ]);
  });

  it("plans nothing where someone else creates it, or istiod itself", () => {
    assert.deepEqual(planCertificateAuthority({ kind: "existing", secretName: "cacerts" }, place), []);
    assert.deepEqual(planCertificateAuthority(undefined, place), []);
  });

  it("plans the Secret of texts that AWS Private CA issued, and none where they are not planned", () => {
    const arn = "arn:aws:acm-pca:eu-central-1:123456789012:certificate-authority/0a1b";
    const issuing = { kind: "private-ca", secretName: "cacerts", privateCaArn: arn, root: "" } as const;
    const authority = { ...issuing, validityDays: 730, generation: 1 };
    assert.deepEqual(planCertificateAuthority(authority, { ...place, issued: givenAuthority }), [
      { name: "cacerts", ...place, secretName: "cacerts", texts: givenAuthority, files: filesOf },
    ]);
    assert.deepEqual(planCertificateAuthority(authority, place), []);
  });
});

describe("filesOf", () => {
  const names = (text: string | undefined) =>
    certificatesIn(String(text))?.map(({ subject }) => subject.replace(/^[^]*CN=/, ""));

  it("has istiod's certificate first in the chain, and no root in it", () => {
    const files = filesOf({ ...givenAuthority, chain: pem("root") + pem("direct") + pem("issuing") + pem("istiod") });
    assert.deepEqual(Object.keys(files), ["ca-cert.pem", "ca-key.pem", "cert-chain.pem", "root-cert.pem"]);
    assert.deepEqual(names(files["ca-cert.pem"]), ["Istio Intermediate"]);
    assert.deepEqual(names(files["cert-chain.pem"]), ["Istio Intermediate", "Example Issuing"]);
    assert.deepEqual(names(files["root-cert.pem"]), ["Example Root"]);
    assert.equal(files["ca-key.pem"], pem("istiodKey"));
  });

  it("takes a whole chain as certificate, and keeps every root in its order", () => {
    const files = filesOf({
      ...givenAuthority,
      certificate: pem("istiod") + pem("issuing"),
      chain: "",
      root: `${pem("otherRoot").trim()}\n\n# the new one\n${pem("root")}`,
    });
    assert.deepEqual(names(files["ca-cert.pem"]), ["Istio Intermediate"]);
    assert.deepEqual(names(files["cert-chain.pem"]), ["Istio Intermediate", "Example Issuing"]);
    assert.equal(files["root-cert.pem"], pem("otherRoot") + pem("root"));
  });

  it("reads nothing where a text is hidden in a plan, or missing under the mocks of a unit test", () => {
    const hidden = filesOf({ ...givenAuthority, privateKey: "[secret]" });
    assert.equal(hidden["ca-key.pem"], "[secret]");
    assert.equal(hidden["root-cert.pem"], givenAuthority.root);
    const none = undefined as unknown as string;
    assert.deepEqual(filesOf({ certificate: none, privateKey: none, chain: none, root: "" }), {
      ...{ "ca-cert.pem": "[secret]", "ca-key.pem": "[secret]", "cert-chain.pem": "[secret]", "root-cert.pem": "" },
    });
  });

  it("takes what AWS Private CA issues: RSA, no further authority below, a distribution point of revocations", () => {
    const issued = { certificate: pem("pcaIssued"), privateKey: pem("pcaIssuedKey"), chain: "", root: pem("pcaRoot") };
    assert.deepEqual(filesOf(issued), {
      ...{ "ca-cert.pem": pem("pcaIssued"), "ca-key.pem": pem("pcaIssuedKey") },
      ...{ "cert-chain.pem": pem("pcaIssued"), "root-cert.pem": pem("pcaRoot") },
    });
    assert.throws(() => filesOf({ ...issued, root: pem("root") }), /did not sign the certificate/);
  });

  it("writes a key that begins with the parameters of its curve as istiod reads keys", () => {
    const files = filesOf({ ...givenAuthority, privateKey: pem("istiodSec1Key") });
    assert.equal(files["ca-key.pem"], pem("istiodKey"));
  });

  it("refuses texts that were not known before, as those that were, and shows no key", () => {
    const wrong = (changes: Partial<typeof givenAuthority>) => {
      let message = "";
      try {
        filesOf({ ...givenAuthority, ...changes });
      } catch (error) {
        message = String(error);
      }
      assert.match(message, /^Error: istio-eks: \d problems? in security\.certificateAuthority\./);
      assert.ok(!message.includes("MIGHAgEAMBMG"), "a part of the key");
      return message;
    };
    assert.match(wrong({ privateKey: pem("directKey") }), /the key of O=Example, CN=Istio Intermediate/);
    assert.match(wrong({ privateKey: pem("encryptedKey") }), /decrypt it/);
    assert.match(wrong({ certificate: "" }), /certificateAuthority\.certificate\n/);
    assert.match(wrong({ chain: "none" }), /certificateAuthority\.chain\n/);
    assert.match(wrong({ chain: "" }), /certificateAuthority\.root\n/);
    assert.match(wrong({ root: "none", certificate: pem("expired") }), /certificateAuthority\.root\n/);
  });

  it("leaves texts as they are of which a plan does not know one", () => {
    assert.deepEqual(filesOf({ ...givenAuthority, privateKey: "[secret]" }), {
      "ca-cert.pem": givenAuthority.certificate,
      "ca-key.pem": "[secret]",
      "cert-chain.pem": givenAuthority.chain,
      "root-cert.pem": givenAuthority.root,
    });
  });
});
