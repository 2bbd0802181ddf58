import { Certificate } from "@pulumi/aws/acmpca/certificate";
import * as pulumi from "@pulumi/pulumi";
import { CertRequest } from "@pulumi/tls/certRequest";
import { PrivateKey } from "@pulumi/tls/privateKey";
import type { CertificateAuthorityTexts } from "../plan/certificate-authority";
import type { InputValue } from "../plan/input-value";
import type { PrivateCaCertificatePlan } from "../plan/private-ca";
import { textOf } from "./interpolation";
import type { ResourceRegistry } from "./resource-registry";

/** Creates the key and the request, has AWS Private CA issue the certificate, and arranges what istiod needs. */
export function makePrivateCaCertificate(
  registry: ResourceRegistry,
  plan: PrivateCaCertificatePlan,
  signingAlgorithm: InputValue,
): CertificateAuthorityTexts {
  const key = makeKey(registry, plan);
  const request = makeRequest(registry, plan, key);
  const issued = makeIssued(registry, plan, { request, signingAlgorithm });
  const separated = issued.certificateChain.apply(plan.separate);
  return {
    certificate: issued.certificate,
    privateKey: pulumi.secret(key.privateKeyPemPkcs8),
    chain: separated.intermediates,
    root: pulumi.concat(separated.roots, plan.root),
  };
}

function makeKey(registry: ResourceRegistry, { key }: PrivateCaCertificatePlan): PrivateKey {
  const { name, algorithm, rsaBits } = key;
  return registry.add(name, new PrivateKey(registry.nameOf(name), { algorithm, rsaBits }, registry.options(key)));
}

function makeRequest(registry: ResourceRegistry, { request }: PrivateCaCertificatePlan, key: PrivateKey): CertRequest {
  const { name, commonName, organization, locality } = request;
  const args = { privateKeyPem: key.privateKeyPem, subject: { commonName, organization, locality } };
  return registry.add(name, new CertRequest(registry.nameOf(name), args, registry.options(request)));
}

interface Signing {
  readonly request: CertRequest;
  readonly signingAlgorithm: InputValue;
}

function makeIssued(
  registry: ResourceRegistry,
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
  const options = { ...registry.options(certificate), retainOnDelete: true };
  return registry.add(name, new Certificate(registry.nameOf(name), args, options));
}
