import { Certificate } from "@pulumi/aws/acmpca/certificate";
import * as pulumi from "@pulumi/pulumi";
import { CertRequest } from "@pulumi/tls/certRequest";
import { PrivateKey } from "@pulumi/tls/privateKey";
import type { CertificateAuthorityTexts } from "../plan/certificate-authority";
import type { Leaf } from "../plan/leaf";
import type { PrivateCaCertificatePlan } from "../plan/private-ca";
import { textOf } from "./late-text";
import type { Made } from "./made";

/** Creates the key and the request, has AWS Private CA issue the certificate, and arranges what istiod needs. */
export function makePrivateCaCertificate(
  made: Made,
  plan: PrivateCaCertificatePlan,
  signingAlgorithm: Leaf,
): CertificateAuthorityTexts {
  const key = makeKey(made, plan);
  const request = makeRequest(made, plan, key);
  const issued = makeIssued(made, plan, { request, signingAlgorithm });
  const separated = issued.certificateChain.apply(plan.separate);
  return {
    certificate: issued.certificate,
    privateKey: pulumi.secret(key.privateKeyPemPkcs8),
    chain: separated.intermediates,
    root: pulumi.concat(separated.roots, plan.root),
  };
}

function makeKey(made: Made, { key }: PrivateCaCertificatePlan): PrivateKey {
  const { name, algorithm, rsaBits } = key;
  return made.add(name, new PrivateKey(made.nameOf(name), { algorithm, rsaBits }, made.options(key)));
}

function makeRequest(made: Made, { request }: PrivateCaCertificatePlan, key: PrivateKey): CertRequest {
  const { name, commonName, organization, locality } = request;
  const args = { privateKeyPem: key.privateKeyPem, subject: { commonName, organization, locality } };
  return made.add(name, new CertRequest(made.nameOf(name), args, made.options(request)));
}

interface Signing {
  readonly request: CertRequest;
  readonly signingAlgorithm: Leaf;
}

function makeIssued(
  made: Made,
  { certificate }: PrivateCaCertificatePlan,
  { request, signingAlgorithm }: Signing,
): Certificate {
  const { name, privateCaArn, templateArn, validityDays } = certificate;
  const args = {
    certificateAuthorityArn: privateCaArn,
    certificateSigningRequest: request.certRequestPem,
    signingAlgorithm,
    templateArn: textOf(templateArn),
    validity: { type: "DAYS", value: String(validityDays) },
  };
  // To delete it would be to revoke it, while workloads still have certificates below it.
  const options = { ...made.options(certificate), retainOnDelete: true };
  return made.add(name, new Certificate(made.nameOf(name), args, options));
}
