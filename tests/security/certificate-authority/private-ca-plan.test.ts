import assert from "node:assert/strict";
import {
  planPrivateCaCertificate,
  planPrivateCaQuestion,
} from "../../../components/security/certificate-authority/private-ca-plan";

const privateCaArn = "arn:aws:acm-pca:eu-central-1:123456789012:certificate-authority/0a1b2c3d";
const authority = {
  kind: "private-ca",
  secretName: "cacerts",
  privateCaArn,
  validityDays: 730,
  generation: 1,
} as const;
const plan = (changes: object = {}) => planPrivateCaCertificate({ ...authority, root: "", ...changes }, "prod");

describe("planPrivateCaCertificate", () => {
  it("plans a key, a request for this cluster, and a certificate of a subordinate authority", () => {
    const { key, request, certificate } = plan();
    assert.deepEqual(key, { name: "authority-key-1", after: [], algorithm: "RSA", rsaBits: 2048 });
    assert.deepEqual(request, {
      ...{ name: "authority-request-1", after: [] },
      ...{ commonName: "Intermediate CA", organization: "Istio", locality: "prod" },
    });
    assert.equal(certificate.privateCaArn, privateCaArn);
    assert.equal(certificate.validityDays, 730);
  });

  it("names all three by the generation, so that a higher one creates new ones", () => {
    const { key, request, certificate } = plan({ generation: 2 });
    assert.deepEqual(
      [key, request, certificate].map(({ name }) => name),
      ["authority-key-2", "authority-request-2", "authority-certificate-2"],
    );
  });

  it("names the template in the partition of the authority", () => {
    const template = (arn: string) => plan({ privateCaArn: arn }).certificate.templateArn.shorten?.(arn);
    assert.equal(template(privateCaArn), "arn:aws:acm-pca:::template/SubordinateCACertificate_PathLen0/V1");
    assert.equal(
      template(privateCaArn.replace("aws:", "aws-cn:")),
      "arn:aws-cn:acm-pca:::template/SubordinateCACertificate_PathLen0/V1",
    );
  });
});

describe("planPrivateCaQuestion", () => {
  it("asks for the authority, and checks by the days that the certificate is to be valid", () => {
    const { arn, check } = planPrivateCaQuestion({ ...authority, root: "" });
    assert.equal(arn, privateCaArn);
    assert.match(String(check({ status: "DISABLED" }).problem), /DISABLED/);
  });
});
