import { logicalNames } from "../../logical-names";
import type { PrivateCertificateAuthority } from "../../plan/certificate-authority";
import type { ClusterFacts } from "../../plan/facts";
import type { InputValue } from "../../plan/input-value";
import type { PrivateCaCertificatePlan, PrivateCaQuestion } from "../../plan/private-ca";
import type { MeshSettings } from "../../plan/settings";
import { checkPrivateCa, separateChain } from "./private-ca-check";

/** What AWS Private CA is asked for and issues, if it signs istiod's certificate. */
export interface PrivateCaPlan {
  readonly question: PrivateCaQuestion;
  readonly certificate: PrivateCaCertificatePlan;
}

/** Plans the certificate with which istiod signs, if AWS Private CA issues it. */
export function planPrivateCa({ security }: MeshSettings, { name }: ClusterFacts): PrivateCaPlan | undefined {
  const { certificateAuthority: authority } = security;
  if (authority?.kind !== "private-ca") return undefined;
  return { question: planPrivateCaQuestion(authority), certificate: planPrivateCaCertificate(authority, name) };
}

/** Plans the look-up of the authority. */
export function planPrivateCaQuestion({ privateCaArn, validityDays }: PrivateCertificateAuthority): PrivateCaQuestion {
  return { arn: privateCaArn, check: (answer) => checkPrivateCa(answer, { validityDays, now: new Date() }) };
}

/** Plans key, request and certificate of one generation. The subject is that of Istio's own documentation. */
export function planPrivateCaCertificate(
  { privateCaArn, validityDays, generation, root }: PrivateCertificateAuthority,
  clusterName: InputValue,
): PrivateCaCertificatePlan {
  const subject = { commonName: "Intermediate CA", organization: "Istio", locality: clusterName };
  return {
    // istiod's own root is of the same kind.
    key: { name: logicalNames.authorityKey(generation), after: [], algorithm: "RSA", rsaBits: 2048 },
    request: { name: logicalNames.authorityRequest(generation), after: [], ...subject },
    certificate: {
      name: logicalNames.authorityCertificate(generation),
      after: [],
      privateCaArn,
      templateArn: { concat: [privateCaArn], shorten: templateArnOf },
      validityDays,
    },
    root,
    separate: separateChain,
  };
}

/**
 * The template of a certificate authority that may sign workload certificates and no further authority.
 * Source: https://docs.aws.amazon.com/privateca/latest/userguide/template-definitions.html
 */
function templateArnOf(privateCaArn: string): string {
  return `arn:${String(privateCaArn.split(":")[1])}:acm-pca:::template/SubordinateCACertificate_PathLen0/V1`;
}
