import type { X509Certificate } from "node:crypto";

/** The certificates from istiod's own up to a root. */
export interface CertificatePath {
  /** istiod's certificate and what stands between it and the root, each signed by the next one. */
  readonly signers: readonly X509Certificate[];
  readonly root: X509Certificate;
}

/** Where a path is searched. */
export interface Candidates {
  readonly intermediates: readonly X509Certificate[];
  readonly roots: readonly X509Certificate[];
}

/** Finds the path to one of the roots, whatever the order of the intermediate certificates. */
export function pathToRoot(certificate: X509Certificate, among: Candidates): CertificatePath | undefined {
  return search([certificate], certificate, among);
}

function search(
  signers: readonly X509Certificate[],
  last: X509Certificate,
  among: Candidates,
): CertificatePath | undefined {
  const root = among.roots.find((one) => isSame(one, last) || isSignedBy(last, one));
  if (root !== undefined) return { signers, root };
  return among.intermediates
    .filter((next) => !signers.some((one) => isSame(one, next)) && isSignedBy(last, next))
    .map((next) => search([...signers, next], next, among))
    .find((path) => path !== undefined);
}

function isSame(one: X509Certificate, other: X509Certificate): boolean {
  return one.raw.equals(other.raw);
}

function isSignedBy(one: X509Certificate, issuer: X509Certificate): boolean {
  return one.checkIssued(issuer) && one.verify(issuer.publicKey);
}

/** Object identifiers of extended key usages. Source: RFC 5280, section 4.2.1.12 */
const anyUsage = "2.5.29.37.0";
const tlsUsages = ["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"];

/** Whether workload certificates below this one may be used by TLS servers and clients. */
export function allowsTls({ keyUsage }: X509Certificate): boolean {
  // Despite its name the property has the extended key usages; undefined: every use.
  const usages = keyUsage as readonly string[] | undefined;
  return usages === undefined || usages.includes(anyUsage) || tlsUsages.every((usage) => usages.includes(usage));
}

/** How many certificate authorities may stand below this one; undefined: any number. */
export function pathLength({ raw }: X509Certificate): number | undefined {
  // The extension basicConstraints in DER: its identifier, whether it is critical, and a sequence of cA and pathLen.
  const constraints = /\x06\x03\x55\x1d\x13(?:\x01\x01\xff)?\x04.\x30.\x01\x01\xff\x02\x01(.)/s;
  const [, length] = constraints.exec(raw.toString("latin1")) || [];
  return length === undefined ? undefined : length.charCodeAt(0);
}

/** Whose certificate it is, in one line. */
export function nameOf({ subject, serialNumber }: X509Certificate): string {
  return subject === "" ? `serial number ${serialNumber}` : oneLine(subject);
}

/** Who signed it, in one line. */
export function issuerOf({ issuer }: X509Certificate): string {
  return oneLine(issuer);
}

function oneLine(name: string): string {
  return name.split("\n").join(", ");
}
