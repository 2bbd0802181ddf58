import { isInCertificate } from "../../../components/inputs/hostname";
import { invariant } from "../../../components/inputs/invariant";
import type { CertificateSource, IngressSettings } from "../../../components/plan/ingress-settings";
import type { CertificateFacts } from "../aws-facts";
import { findingsOf, type Details, type Finding, type Subject } from "../finding";
import { plainText, type Situation, whenKnown } from "../situation";

/** What ACM has not renewed by then, it will not without help. */
const daysLeft = 30;

export const certificates = {
  name: "certificates",
  title: "Certificates of the load balancers",
  how: "aws acm list-certificates",
  kinds: {
    encrypted: {
      level: "unknown",
      what: "The ARN of the certificate is encrypted in the stack file.",
      suggestion: "Check by hand that it is issued, in the load balancer's region, and good for the hostnames.",
    },
    missing: {
      level: "problem",
      what: "ACM has no issued certificate whose primary domain is {domain} in this region.",
      suggestion: "Request it, or write tls.requestCertificate: true, which proves it in your zone.",
    },
    "other-name": {
      level: "problem",
      what: "No certificate has {domain} as its primary domain; one for {primary} names it besides, and is not found by that.",
      suggestion: "Write tls.certificateDomain: {primary}, or tls.certificateArn: {arn}.",
    },
    "no-such-arn": {
      level: "problem",
      what: "ACM has no certificate {arn} in this account and region.",
      suggestion: "A load balancer takes certificates of its own region only: correct tls.certificateArn.",
    },
    "not-issued": {
      level: "problem",
      what: "ACM reports {status} for {arn}.",
      suggestion: "Prove it (aws acm describe-certificate shows the records), or choose another one.",
    },
    "other-hosts": {
      level: "warning",
      what: "The certificate for {primary} does not cover {hosts}: browsers will warn.",
      suggestion: "Choose a certificate that names them, or remove them from hostnames.",
    },
    expires: {
      level: "warning",
      what: "The certificate for {primary} is good until {until}.",
      suggestion:
        "Import its successor under the same ARN; for an issued one put its DNS record back, so that ACM renews it.",
    },
    found: { level: "ok", what: "Issued for {primary}, good until {until}." },
  },
} as const satisfies Subject;

const finding = findingsOf(certificates);
type Given = Exclude<CertificateSource, { readonly kind: "request" }>;

/** Is each certificate there that an ingress names? Those that the mesh requests itself need nothing. */
export function checkCertificates({ settings, facts, now }: Situation): readonly Finding[] {
  return settings.ingresses.flatMap((ingress) => {
    const { certificate } = ingress.tls;
    if (certificate === undefined || certificate.kind === "request") return [];
    const where = `ingress ${ingress.name}`;
    const arn = certificate.kind === "arn" ? plainText(certificate.arn) : undefined;
    if (certificate.kind === "arn" && arn === undefined) return [finding("encrypted", where)];
    return whenKnown({ finding, where }, { all: facts.aws.certificates }, ({ all }) => {
      const found = find(certificate, all);
      if (found === undefined) return [absent(certificate, all, where)];
      return checkFound({ ingress, found, where }, now);
    });
  });
}

/** As the mesh itself looks them up: by the primary domain alone, the newest that is issued. */
function find(given: Given, all: readonly CertificateFacts[]): CertificateFacts | undefined {
  if (given.kind === "arn") return all.find(({ arn }) => arn === given.arn);
  const issued = all.filter(({ domain, status }) => domain === given.domain && isIssued(status));
  return issued.sort((one, other) => String(other.until).localeCompare(String(one.until)))[0];
}

/** What AWS says nothing of, it was asked to leave out if it were otherwise. */
const isIssued = (status: string | undefined) => status === undefined || status === "ISSUED";

function absent(given: Given, all: readonly CertificateFacts[], where: string): Finding {
  if (given.kind === "arn")
    return finding("no-such-arn", where, { arn: invariant(plainText(given.arn), "a known ARN") });
  const { domain } = given;
  const besides = all.find(({ alternatives, status }) => alternatives.includes(domain) && isIssued(status));
  if (besides === undefined) return finding("missing", where, { domain });
  return finding("other-name", where, { domain, primary: besides.domain, arn: besides.arn });
}

interface Found {
  readonly ingress: IngressSettings;
  readonly found: CertificateFacts;
  readonly where: string;
}

function checkFound({ ingress, found, where }: Found, now: Date): readonly Finding[] {
  const { arn, domain: primary, alternatives, status, until } = found;
  const details: Details = { arn, primary, status: status ?? "?", until: until?.slice(0, 10) ?? "an unknown day" };
  if (!isIssued(status)) return [finding("not-issued", where, details)];
  const names = [primary, ...alternatives];
  const uncovered = ingress.hostnames.filter((host) => !names.some((name) => isInCertificate(name, host)));
  const bad = [
    ...(uncovered.length > 0 ? [finding("other-hosts", where, { ...details, hosts: uncovered.join(", ") })] : []),
    ...(expiresSoon(until, now) ? [finding("expires", where, details)] : []),
  ];
  return bad.length > 0 ? bad : [finding("found", where, details)];
}

function expiresSoon(until: string | undefined, now: Date): boolean {
  if (until === undefined) return false;
  return Date.parse(until) - now.getTime() < daysLeft * 24 * 60 * 60 * 1000;
}
