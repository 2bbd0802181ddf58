import type { X509Certificate } from "node:crypto";
import type { CertificateAuthoritySettings } from "../../../components/plan/certificate-authority";
import { day } from "../../../components/security/certificate-authority/certificate-check";
import { nameOf } from "../../../components/security/certificate-authority/certificate-path";
import { certificatesIn } from "../../../components/security/certificate-authority/pem";
import { findingsOf, type Finding, type Subject } from "../finding";
import { isInstalled } from "../mesh-parts";
import { type Situation, whenKnown } from "../situation";

/** As many as `pulumi preview` warns ahead where the certificates are given. */
const daysLeft = 60;

export const certificateAuthority = {
  name: "certificate-authority",
  title: "Certificate authority of the mesh",
  how: "kubectl get secret cacerts -n istio-system -o jsonpath='{.data.ca-cert\\.pem}' | base64 -d | openssl x509 -noout -dates",
  kinds: {
    missing: {
      level: "problem",
      what: "There is no Secret {secret} in the namespace {namespace}: new pods of istiod do not start.",
      suggestion:
        "Create it (docs/how-to/certificate-authority.md), or run pulumi up --refresh where the mesh creates it.",
    },
    "not-there-yet": {
      level: "warning",
      what: "There is no Secret {secret} in the namespace {namespace} yet: pulumi up waits for it for 10 minutes.",
      suggestion: "Have it created before or during pulumi up.",
    },
    unreadable: {
      level: "problem",
      what: "The Secret {secret} has no certificate that can be read: istiod does not start with it.",
      suggestion: "Write ca-cert.pem, ca-key.pem, cert-chain.pem and root-cert.pem in PEM format.",
    },
    expired: {
      level: "problem",
      what: "{certificate} expired on {until}: no pod of the mesh reaches another one.",
      suggestion: "{renewal}",
    },
    expires: {
      level: "warning",
      what: "{certificate} expires on {until}: afterwards no pod of the mesh reaches another one.",
      suggestion: "{renewal}",
    },
    valid: { level: "ok", what: "The first certificate of the chain expires on {until}." },
  },
} as const satisfies Subject;

const finding = findingsOf(certificateAuthority);

/** How to renew, by who creates the Secret. A root takes the longer way of the guide. */
const renewals: Readonly<Record<CertificateAuthoritySettings["kind"], string>> = {
  "private-ca": "Raise security.certificateAuthority.generation, then pulumi up.",
  given: "Replace certificate and privateKey (and chain) in security.certificateAuthority, then pulumi up.",
  existing: "Have whoever creates the Secret renew it.",
};
const renewalOfRoot = "Change to another root in the steps of docs/how-to/certificate-authority.md.";

/** How long are the certificates valid with which istiod signs? */
export function checkCertificateAuthority(situation: Situation): readonly Finding[] {
  const { settings, facts, now } = situation;
  const { certificateAuthority: authority } = settings.security;
  if (authority === undefined) return [];
  const { namespace } = settings.controlPlane;
  const where = `Secret ${authority.secretName} in ${namespace}`;
  const questions = { texts: facts.kubernetes.authority, installed: isInstalled(facts) };
  return whenKnown({ finding, where }, questions, ({ texts, installed }) => {
    const details = { secret: authority.secretName, namespace };
    if (texts === undefined) {
      if (installed) return [finding("missing", where, details)];
      return authority.kind === "existing" ? [finding("not-there-yet", where, details)] : [];
    }
    const certificates = texts.map((text) => certificatesIn(text));
    const read = certificates.flatMap((some) => some ?? []);
    if (read.length === 0 || certificates.includes(undefined)) return [finding("unreadable", where, details)];
    return checkEnds({ certificates: read, authority, where }, now);
  });
}

interface Ends {
  readonly certificates: readonly X509Certificate[];
  readonly authority: CertificateAuthoritySettings;
  readonly where: string;
}

/** Each certificate once: the one with which istiod signs is in the chain too. */
function checkEnds({ certificates, authority, where }: Ends, now: Date): readonly Finding[] {
  const each = certificates.filter(
    (one, index) => certificates.findIndex((other) => other.fingerprint256 === one.fingerprint256) === index,
  );
  const byEnd = [...each].sort((one, other) => endOf(one) - endOf(other));
  const limit = now.getTime() + daysLeft * 24 * 60 * 60 * 1000;
  const bad = byEnd
    .filter((one) => endOf(one) <= limit)
    .map((one) => {
      const isRoot = one.subject === one.issuer;
      const renewal = isRoot ? renewalOfRoot : renewals[authority.kind];
      const details = { certificate: nameOf(one), until: day(one.validTo), renewal };
      return finding(endOf(one) <= now.getTime() ? "expired" : "expires", where, details);
    });
  if (bad.length > 0) return bad;
  return byEnd.slice(0, 1).map((first) => finding("valid", where, { until: day(first.validTo) }));
}

function endOf({ validTo }: X509Certificate): number {
  return new Date(validTo).getTime();
}
