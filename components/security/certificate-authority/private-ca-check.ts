import type { X509Certificate } from "node:crypto";
import type { PrivateCaAnswer, PrivateCaCheckResult, SeparatedChain } from "../../plan/private-ca";
import { day } from "./certificate-check";
import { pathLength } from "./certificate-path";
import { certificatesIn } from "./pem";

/** What the certificate is to be, and when the authority is checked. */
export interface PrivateCaContext {
  readonly validityDays: number;
  readonly now: Date;
}

const path = "security.certificateAuthority.privateCaArn";

/** Algorithms by the curve of the authority's key. Proxies and ztunnel verify signatures of no other curve. */
const algorithms: Readonly<Record<string, string>> = {
  prime256v1: "SHA256WITHECDSA",
  secp384r1: "SHA384WITHECDSA",
};
const rsaAlgorithm = "SHA256WITHRSA";

/** Whether an AWS Private CA can sign a certificate authority, and with which algorithm. */
export function checkPrivateCa(answer: PrivateCaAnswer, context: PrivateCaContext): PrivateCaCheckResult {
  const [certificate] = read(answer.certificate);
  const algorithm = certificate === undefined ? rsaAlgorithm : algorithmOf(certificate);
  return {
    problem: problemOf(answer, algorithm),
    warnings: certificate === undefined ? [] : warnOfEnd(certificate, context),
    signingAlgorithm: String(algorithm),
  };
}

/**
 * AWS fails later, and for some of this with no reason.
 * Sources: https://docs.aws.amazon.com/privateca/latest/userguide/short-lived-certificates.html,
 * https://docs.aws.amazon.com/privateca/latest/userguide/RFC-compliance.html
 */
function problemOf(answer: PrivateCaAnswer, algorithm: string | undefined): string | undefined {
  const { status, usageMode } = answer;
  const [certificate] = read(answer.certificate);
  if (usageMode === "SHORT_LIVED_CERTIFICATE") {
    return (
      `${path}: this authority is in short-lived certificate mode, in which a certificate is valid for at most 7 days. ` +
      "Name an authority in general-purpose mode; the mode of an authority cannot be changed."
    );
  }
  if (status !== undefined && status !== "ACTIVE") {
    return `${path}: the status of this authority is ${status}, and only an ACTIVE one issues certificates. ${suggestionOf(status)}`;
  }
  if (certificate === undefined) return undefined;
  if (algorithm === undefined) {
    return `${path}: the key of this authority is neither RSA nor ECDSA on P-256 or P-384, and proxies accept no other signatures. Name another authority.`;
  }
  const chain = [certificate, ...read(answer.certificateChain)];
  if (chain.some((one, index) => Number(pathLength(one)) <= index)) {
    return `${path}: this authority may not sign another authority (pathLenConstraint of its certificate, or of one above it). Name an authority that may.`;
  }
  if (!chain.some(isSelfSigned)) {
    return `${path}: the chain of this authority does not contain its root certificate, which the mesh must trust. Import the certificate of the authority again with its whole chain.`;
  }
  return undefined;
}

function suggestionOf(status: string): string {
  if (status === "DISABLED") return "Enable it: aws acm-pca update-certificate-authority --status ACTIVE";
  if (status === "PENDING_CERTIFICATE") return "Install its certificate first.";
  return "Name another authority.";
}

function algorithmOf({ publicKey }: X509Certificate): string | undefined {
  const { asymmetricKeyType, asymmetricKeyDetails } = publicKey;
  if (asymmetricKeyType === "rsa") return rsaAlgorithm;
  return algorithms[String(asymmetricKeyDetails?.namedCurve)];
}

/** AWS issues no certificate that outlives its authority. One that was issued before stays as it is. */
function warnOfEnd({ validTo }: X509Certificate, { validityDays, now }: PrivateCaContext): readonly string[] {
  const end = new Date(now.getTime() + validityDays * 24 * 60 * 60 * 1000);
  if (end <= new Date(validTo)) return [];
  return [
    `security.certificateAuthority.validityDays: ${validityDays}, and the authority itself expires on ${day(validTo)}. ` +
      "AWS Private CA issues no certificate that is valid longer than its authority: write fewer days before a new " +
      "certificate is issued, or renew the authority.",
  ];
}

/** Separates the roots of a chain from the certificates below them. What cannot be read is passed on as it is. */
export function separateChain(chain: string): SeparatedChain {
  const certificates = read(chain);
  if (certificates.length === 0) return { intermediates: chain, roots: chain };
  const text = (some: readonly X509Certificate[]) => some.map(String).join("");
  return {
    intermediates: text(certificates.filter((one) => !isSelfSigned(one))),
    roots: text(certificates.filter((one) => isSelfSigned(one))),
  };
}

function isSelfSigned(one: X509Certificate): boolean {
  return one.checkIssued(one) && one.verify(one.publicKey);
}

function read(text: string | undefined): readonly X509Certificate[] {
  return (text === undefined ? undefined : certificatesIn(text)) || [];
}
