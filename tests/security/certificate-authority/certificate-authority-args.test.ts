import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { checkShape } from "../../../components/inputs/shape";
import type { Profile } from "../../../components/plan/enums";
import {
  type CertificateAuthorityArgs,
  certificateAuthorityShape,
  resolveCertificateAuthority,
} from "../../../components/security/certificate-authority/certificate-authority-args";
import { givenAuthority, pem } from "../../support/certificates";

const now = new Date("2026-11-27T12:00:00Z");
const resolve = (args: CertificateAuthorityArgs | undefined, profile: Profile = "default", at = now) =>
  resolveCertificateAuthority(args, { profile, now: at });
const allowed = (args: CertificateAuthorityArgs, profile?: Profile) =>
  resolve(args, profile).problems.map((problem) => problem.allowed);

describe("resolveCertificateAuthority", () => {
  it("leaves istiod its own root by default", () => {
    assert.deepEqual(resolve(undefined), { settings: undefined, problems: [], warnings: [] });
  });

  it("takes a Secret of someone else by its name", () => {
    const settings = { kind: "existing", secretName: "mesh-ca" };
    assert.deepEqual(resolve({ secretName: "mesh-ca" }), { settings, problems: [], warnings: [] });
  });

  it("takes given texts, with and without more intermediate certificates", () => {
    const settings = { kind: "given", secretName: "cacerts", texts: givenAuthority };
    assert.deepEqual(resolve(givenAuthority), { settings, problems: [], warnings: [] });
    const direct = { certificate: pem("direct"), privateKey: pem("directKey"), root: pem("root") };
    const resolved = resolve(direct);
    assert.deepEqual(resolved.settings, { kind: "given", secretName: "cacerts", texts: { ...direct, chain: "" } });
    assert.deepEqual(resolved.problems, []);
  });

  const privateCaArn = "arn:aws:acm-pca:eu-central-1:123456789012:certificate-authority/0a1b";

  it("has AWS Private CA issue the certificate, for two years and for the first time", () => {
    const settings = { kind: "private-ca", secretName: "cacerts", privateCaArn, validityDays: 730, generation: 1 };
    assert.deepEqual(resolve({ privateCaArn }), { settings: { ...settings, root: "" }, problems: [], warnings: [] });
    const renewed = { privateCaArn, validityDays: 365, generation: 3, root: pem("otherRoot") };
    assert.deepEqual(resolve(renewed), { settings: { ...settings, ...renewed }, problems: [], warnings: [] });
    const later = pulumi.output(privateCaArn);
    assert.deepEqual(resolve({ privateCaArn: later }).problems, []);
  });

  it("takes nothing beside AWS Private CA but roots, and no renewal without it", () => {
    const { problems } = resolve({ privateCaArn, secretName: "cacerts", ...givenAuthority });
    assert.deepEqual(
      problems.map(({ given }) => given),
      ['"privateCaArn and secretName, certificate, privateKey, chain"'],
    );
    const paths = (args: CertificateAuthorityArgs) => resolve(args).problems.map(({ path }) => path);
    assert.deepEqual(paths({ ...givenAuthority, validityDays: 90 }), ["security.certificateAuthority.validityDays"]);
    assert.deepEqual(paths({ secretName: "cacerts", generation: 2 }), ["security.certificateAuthority.generation"]);
  });

  it("wants exactly one way, and all of it", () => {
    assert.deepEqual(allowed({}), ["privateCaArn; or certificate, privateKey and root together; or secretName"]);
    assert.deepEqual(allowed({ ...givenAuthority, secretName: "cacerts" }), [
      "one of privateCaArn; secretName; certificate, privateKey, chain and root",
    ]);
    const { problems } = resolve({ certificate: pem("direct"), chain: pem("issuing") });
    assert.deepEqual(problems, [
      {
        path: "security.certificateAuthority",
        given: '"certificate, chain"',
        allowed: "privateCaArn; or certificate, privateKey and root together; or secretName",
        suggestion: "add privateKey and root",
      },
    ]);
  });

  it("is nothing for a mesh whose istiod is installed elsewhere", () => {
    for (const profile of ["empty", "remote"] as const) {
      assert.match(allowed({ secretName: "cacerts" }, profile).join(), /^nothing with profile /, profile);
    }
    for (const profile of ["demo", "minimal", "preview"] as const) {
      assert.deepEqual(allowed({ secretName: "cacerts" }, profile), [], profile);
    }
  });

  it("checks what is known, and carries what is known later", () => {
    const later = pulumi.output("later");
    for (const member of ["certificate", "privateKey", "chain", "root"] as const) {
      const args = { ...givenAuthority, [member]: later };
      assert.deepEqual(resolve(args).problems, [], member);
      assert.deepEqual(resolve(args).warnings, [], member);
    }
    const wrong = { ...givenAuthority, privateKey: pem("directKey") };
    assert.equal(resolve({ ...wrong, root: later }).problems.length, 1);
  });

  it("warns from 60 days before the first certificate of the path expires", () => {
    const soon = { certificate: pem("soon"), privateKey: pem("soonKey"), root: pem("root") };
    const at = (time: string) => resolve(soon, "default", new Date(time)).warnings;
    assert.deepEqual(at("2029-12-01T00:00:00Z"), []);
    assert.deepEqual(at("2029-12-02T00:00:00Z"), [
      "security.certificateAuthority: a certificate expires on 2030-01-31. Renew it before: afterwards no pod of the mesh " +
        "can reach another one.",
    ]);
    assert.deepEqual(resolve({ secretName: "cacerts" }).warnings, []);
  });
});

describe("certificateAuthorityShape", () => {
  it("never shows a private key", () => {
    for (const privateKey of [pem("encryptedKey"), 42, { text: pem("istiodKey") }]) {
      const [problem] = checkShape(certificateAuthorityShape, { privateKey }).problems;
      assert.equal(problem?.path, "privateKey");
      assert.equal(problem?.given, "[secret]");
    }
  });

  it("takes texts that become known later", () => {
    const given = { certificate: pulumi.output("a"), privateKey: pulumi.secret("b"), root: Promise.resolve("c") };
    assert.deepEqual(checkShape(certificateAuthorityShape, given).problems, []);
  });
});
