import assert from "node:assert/strict";
import type { PrivateCaAnswer } from "../../../components/plan/private-ca";
import { checkPrivateCa, separateChain } from "../../../components/security/certificate-authority/private-ca-check";
import { pem } from "../../support/certificates";

const now = new Date("2026-11-27T12:00:00Z");
const active: PrivateCaAnswer = {
  status: "ACTIVE",
  usageMode: "GENERAL_PURPOSE",
  certificate: pem("pcaRoot"),
  certificateChain: "",
};
const check = (answer: Partial<PrivateCaAnswer> = {}, validityDays = 730) =>
  checkPrivateCa({ ...active, ...answer }, { validityDays, now });
const fine = { problem: undefined, warnings: [], signingAlgorithm: "SHA256WITHRSA" };

describe("checkPrivateCa", () => {
  it("takes a root, and a subordinate authority with the chain up to its root", () => {
    assert.deepEqual(check(), fine);
    const subordinate = { certificate: pem("issuing"), certificateChain: pem("root") };
    assert.deepEqual(check(subordinate), { ...fine, signingAlgorithm: "SHA256WITHECDSA" });
  });

  it("signs with the algorithm of the authority's key", () => {
    assert.equal(check({ certificate: pem("root") }).signingAlgorithm, "SHA256WITHECDSA");
    assert.equal(check({ certificate: pem("p384Root") }).signingAlgorithm, "SHA384WITHECDSA");
    assert.match(String(check({ certificate: pem("p521Root") }).problem), /neither RSA nor ECDSA on P-256 or P-384/);
  });

  it("refuses short-lived certificate mode, with the reason", () => {
    assert.match(
      String(check({ usageMode: "SHORT_LIVED_CERTIFICATE" }).problem),
      /^security\.certificateAuthority\.privateCaArn: .*at most 7 days\. Name an authority in general-purpose mode/,
    );
  });

  it("refuses an authority that is not active, and names what to do", () => {
    const problem = (status: string) => String(check({ status, certificate: "", certificateChain: "" }).problem);
    assert.match(problem("DISABLED"), /is DISABLED, .* Enable it: aws acm-pca update-certificate-authority/);
    assert.match(problem("PENDING_CERTIFICATE"), /Install its certificate first\.$/);
    assert.match(problem("EXPIRED"), /Name another authority\.$/);
  });

  it("refuses an authority that may not sign another one, also by a limit further up", () => {
    const wanted = /may not sign another authority \(pathLenConstraint/;
    assert.match(String(check({ certificate: pem("short"), certificateChain: pem("root") }).problem), wanted);
    // Both may have one authority below them: the upper one has it in the lower one already.
    const twice = { certificate: pem("one"), certificateChain: pem("one") + pem("root") };
    assert.match(String(check(twice).problem), wanted);
    assert.equal(check({ certificate: pem("one"), certificateChain: pem("root") }).problem, undefined);
  });

  it("refuses a chain without its root, which nobody could trust", () => {
    assert.match(String(check({ certificate: pem("issuing") }).problem), /does not contain its root certificate/);
  });

  it("warns where the certificate would be valid longer than its authority", () => {
    const ends = { certificate: pem("soon"), certificateChain: pem("root") };
    assert.deepEqual(check(ends, 730).warnings, []);
    const [warning, ...more] = check(ends, 1200).warnings;
    assert.deepEqual(more, []);
    assert.match(String(warning), /^security\.certificateAuthority\.validityDays: 1200, .*expires on 2030-01-31\./);
  });

  it("takes the answer of the mocks of a unit test, which may have nothing in it", () => {
    assert.deepEqual(checkPrivateCa({}, { validityDays: 730, now }), fine);
  });
});

describe("separateChain", () => {
  it("takes the roots out of a chain, wherever they stand", () => {
    const separated = { intermediates: pem("issuing"), roots: pem("root") };
    assert.deepEqual(separateChain(pem("issuing") + pem("root")), separated);
    assert.deepEqual(separateChain(`${pem("root")}\n${pem("issuing")}`), separated);
    assert.deepEqual(separateChain(pem("pcaRoot")), { intermediates: "", roots: pem("pcaRoot") });
  });

  it("passes on what it cannot read, for the check of the Secret to report", () => {
    assert.deepEqual(separateChain("<chain>"), { intermediates: "<chain>", roots: "<chain>" });
  });
});
