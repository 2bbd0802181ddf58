import assert from "node:assert/strict";
import {
  checkCertificates,
  day,
  type ReadableTexts,
} from "../../../components/security/certificate-authority/certificate-check";
import { givenAuthority, pem } from "../../support/certificates";

const now = new Date("2026-11-27T12:00:00Z");
const check = (changes: Partial<ReadableTexts>, at = now) =>
  checkCertificates({ ...givenAuthority, ...changes }, { path: "ca", now: at });
/** Texts directly below the root, with a key that is not looked at. */
const direct = (name: string, changes: Partial<ReadableTexts> = {}) =>
  check({ certificate: pem(name), privateKey: undefined, chain: "", ...changes });
const reported = (problems: ReturnType<typeof check>) => problems.map(({ path, given }) => `${path}: ${given}`);

describe("checkCertificates", () => {
  it("has nothing against texts that fit together", () => {
    assert.deepEqual(check({}), []);
    assert.deepEqual(check({ certificate: pem("istiod") + pem("issuing"), chain: "" }), []);
    assert.deepEqual(check({ root: pem("otherRoot") + pem("root") }), []);
    for (const name of ["direct", "soon", "tls", "anyUse"]) assert.deepEqual(direct(name), [], name);
    assert.deepEqual(direct("deepEnough", { chain: pem("one") }), []);
    assert.deepEqual(direct("shortRoot", { root: pem("shortRoot") }), [], "a root may sign workloads itself");
  });

  it("finds a certificate that may not sign workload certificates", () => {
    assert.deepEqual(reported(direct("leaf", { chain: pem("issuing") })), [
      'ca.certificate: "O=Example, CN=shop.example.com"',
    ]);
    assert.deepEqual(reported(direct("notSigning")), ['ca.certificate: "O=Example, CN=Istio Without keyCertSign"']);
    for (const name of ["limited", "clientOnly"]) {
      assert.match(reported(direct(name)).join(), /^ca\.certificate: .*limited to other extended key usages"$/, name);
    }
  });

  it("finds the key of another certificate, and never shows it", () => {
    assert.deepEqual(reported(check({ privateKey: pem("directKey") })), ["ca.privateKey: [secret]"]);
  });

  it("finds a chain that does not lead to the root", () => {
    assert.deepEqual(reported(check({ chain: "" })), ['ca.root: "a root that did not sign the certificate"']);
    assert.deepEqual(reported(check({ chain: pem("direct") })), [
      'ca.chain: "certificates that do not lead to the root"',
    ]);
    assert.equal(reported(check({ root: pem("otherRoot") })).length, 1);
  });

  it("finds what is expired or not valid yet, wherever it stands in the path", () => {
    assert.deepEqual(reported(direct("expired")), [
      'ca.certificate: "O=Example, CN=Istio Expired, expired on 2026-01-31"',
    ]);
    assert.deepEqual(reported(direct("future")), [
      'ca.certificate: "O=Example, CN=Istio Future, valid from 2124-01-01 on"',
    ]);
    assert.deepEqual(reported(direct("underOld", { chain: pem("oldIssuing") })), [
      'ca.chain: "O=Example, CN=Example Old Issuing, expired on 2026-01-31"',
    ]);
    assert.deepEqual(reported(direct("underOldRoot", { root: pem("oldRoot") })), [
      'ca.root: "O=Example, CN=Example Old Root, expired on 2026-01-31"',
    ]);
    assert.deepEqual(reported(direct("oldRoot", { root: pem("oldRoot") })), [
      'ca.certificate: "O=Example, CN=Example Old Root, expired on 2026-01-31"',
    ]);
  });

  it("does not mind a root that is expired and that nothing here leads to", () => {
    assert.deepEqual(check({ root: pem("root") + pem("oldRoot") }), []);
  });

  it("counts the moment of the end as expired", () => {
    assert.equal(direct("expired").length, 1);
    const end = new Date("2026-01-31T00:00:00Z");
    const at = (time: Date) =>
      checkCertificates(
        { ...givenAuthority, certificate: pem("expired"), privateKey: undefined, chain: "" },
        { path: "ca", now: time },
      );
    assert.equal(at(end).length, 1);
    assert.deepEqual(at(new Date(end.getTime() - 1)), []);
  });

  it("finds authorities that may have none, or fewer, below them", () => {
    assert.deepEqual(reported(direct("tooDeep", { chain: pem("short") })), [
      'ca.chain: "O=Example, CN=Example Short, with pathLenConstraint 0"',
    ]);
    assert.deepEqual(reported(direct("underShortRoot", { root: pem("shortRoot") })), [
      'ca.root: "O=Example, CN=Example Short Root, with pathLenConstraint 0"',
    ]);
  });

  it("checks what is known where other texts become known later", () => {
    assert.deepEqual(check({ root: undefined, chain: undefined }), []);
    assert.deepEqual(reported(direct("expired", { root: undefined })).length, 1);
    assert.deepEqual(reported(check({ root: undefined, privateKey: pem("directKey") })), ["ca.privateKey: [secret]"]);
    assert.deepEqual(check({ certificate: undefined }), []);
  });
});

describe("day", () => {
  it("is the day in UTC", () => {
    assert.equal(day("Jan 31 23:59:00 2027 GMT"), "2027-01-31");
  });
});
