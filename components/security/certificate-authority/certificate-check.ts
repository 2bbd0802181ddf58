import type { X509Certificate } from "node:crypto";
import { problem, problemIf } from "../../inputs/problem";
import type { Problem } from "../../plan/problem";
import { allowsTls, type CertificatePath, issuerOf, nameOf, pathLength, pathToRoot } from "./certificate-path";
import { certificatesIn, privateKeyIn } from "./pem";

/** The texts of a certificate authority as far as they are known; each has the right form. */
export interface ReadableTexts {
  readonly certificate: string | undefined;
  readonly privateKey: string | undefined;
  readonly chain: string | undefined;
  readonly root: string | undefined;
}

/** Where the texts are written, and when they are checked. */
export interface CheckContext {
  readonly path: string;
  readonly now: Date;
}

/** What istiod or a proxy would refuse: of that nothing is heard before pods fail to start. */
export function checkCertificates(texts: ReadableTexts, context: CheckContext): readonly Problem[] {
  const [certificate] = read(texts.certificate);
  if (certificate === undefined) return [];
  const { path, now } = context;
  const found = pathOf(texts);
  return [
    ...checkSigner(certificate, `${path}.certificate`),
    ...checkKey(certificate, texts.privateKey, `${path}.privateKey`),
    ...(found === "unknown" ? checkTimes([certificate], `${path}.certificate`, now) : []),
    ...(found === undefined ? [incomplete(certificate, texts, path)] : []),
    ...(typeof found === "object" ? checkPath(found, context) : []),
  ];
}

function read(text: string | undefined): readonly X509Certificate[] {
  return (text === undefined ? undefined : certificatesIn(text)) || [];
}

/** The path to the root; undefined: the texts have none. */
export function pathOf({ certificate, chain, root }: ReadableTexts): CertificatePath | undefined | "unknown" {
  const [first, ...more] = read(certificate);
  if (first === undefined || chain === undefined || root === undefined) return "unknown";
  return pathToRoot(first, { intermediates: [...more, ...read(chain)], roots: read(root) });
}

/** Source: istio/istio security/pkg/pki/ca/ca.go, NewPluggedCertIstioCAOptions */
function checkSigner(certificate: X509Certificate, path: string): readonly Problem[] {
  return [
    ...problemIf(!certificate.ca, path, {
      given: nameOf(certificate),
      allowed: "a certificate that may sign others: CA:TRUE, and keyCertSign where it names key usages",
      suggestion: "issue it as a subordinate certificate authority",
    }),
    ...problemIf(!allowsTls(certificate), path, {
      given: `${nameOf(certificate)}, limited to other extended key usages`,
      allowed: "no extended key usages, or serverAuth and clientAuth among them: workload certificates need both",
      suggestion: "issue it without extended key usages",
    }),
  ];
}

function checkKey(certificate: X509Certificate, text: string | undefined, path: string): readonly Problem[] {
  const key = text === undefined ? undefined : privateKeyIn(text);
  return problemIf(key !== undefined && !certificate.checkPrivateKey(key), path, {
    given: "the key of another certificate",
    allowed: `the key of ${nameOf(certificate)}`,
    suggestion: "write the key and the certificate that were made together",
  });
}

function incomplete(certificate: X509Certificate, { chain }: ReadableTexts, path: string): Problem {
  const without = chain === "";
  return problem(without ? `${path}.root` : `${path}.chain`, {
    given: without ? "a root that did not sign the certificate" : "certificates that do not lead to the root",
    allowed: `certificates that lead from ${nameOf(certificate)}, issued by ${issuerOf(certificate)}, to one in root`,
    suggestion:
      "write each certificate between certificate and root in chain, and the root that signed the last of them",
  });
}

function checkPath({ signers, root }: CertificatePath, { path, now }: CheckContext): readonly Problem[] {
  const chain = signers.slice(1);
  // The root of a mesh may sign workload certificates itself, as istiod's own does.
  const roots = signers.some((one) => one.raw.equals(root.raw)) ? [] : [root];
  return [
    ...checkTimes(signers.slice(0, 1), `${path}.certificate`, now),
    ...checkTimes(chain, `${path}.chain`, now),
    ...checkTimes(roots, `${path}.root`, now),
    ...chain.flatMap((one, index) => checkLength(one, index + 1, `${path}.chain`)),
    ...roots.flatMap((one) => checkLength(one, signers.length, `${path}.root`)),
  ];
}

function checkTimes(certificates: readonly X509Certificate[], path: string, now: Date): readonly Problem[] {
  return certificates.flatMap((one) => {
    const { validFrom, validTo } = one;
    return [
      ...problemIf(new Date(validTo) <= now, path, {
        given: `${nameOf(one)}, expired on ${day(validTo)}`,
        allowed: "a certificate that is still valid",
        suggestion: "renew it, and what it signed",
      }),
      ...problemIf(new Date(validFrom) > now, path, {
        given: `${nameOf(one)}, valid from ${day(validFrom)} on`,
        allowed: "a certificate that is valid already",
        suggestion: "wait until then, or issue it with an earlier date",
      }),
    ];
  });
}

/** `2027-01-31`, in UTC. */
export function day(time: string): string {
  return new Date(time).toISOString().slice(0, 10);
}

function checkLength(one: X509Certificate, below: number, path: string): readonly Problem[] {
  const length = pathLength(one);
  return problemIf(length !== undefined && length < below, path, {
    given: `${nameOf(one)}, with pathLenConstraint ${String(length)}`,
    allowed: `a pathLenConstraint of at least ${below}: so many certificate authorities stand below it`,
    suggestion: "have the certificate issued by an authority that may sign other authorities",
  });
}
