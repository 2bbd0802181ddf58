import { isInCertificate } from "../../../components/inputs/network/hostname";
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
      suggestion: "Request it, or write tls.requestCertificate: true, which validates it in your zone.",
    },
    "other-name": {
      level: "problem",
      what: "No certificate has {domain} as its primary domain; one for {primary} names it besides, and is not found by that.",
      suggestion: "Write tls.certificateDomain: {primary}, or tls.certificateArn: {arn}.",
    },
    "no-such-arn": {
      level: "problem",
      what: "ACM has no certificate {arn} in this account and region.",
      suggestion: "A load balancer takes certificates of its own region only: correct {member}.",
    },
    "not-issued": {
      level: "problem",
      what: "ACM reports {status} for {arn}.",
      suggestion: "Write its validation records (aws acm describe-certificate shows them), or choose another one.",
    },
    "other-hosts": {
      level: "warning",
      what: "No certificate here covers {hosts} (they are for {primaries}): browsers will warn.",
      suggestion: "Choose one that names them, add one to tls.certificateArns, or remove them from hostnames.",
    },
    "more-names": {
      level: "unknown",
      what: "ACM lists only the first names of {arns}: whether they cover {hosts} was not looked at.",
      suggestion: "aws acm describe-certificate --certificate-arn <arn> shows all names.",
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

/** A certificate that an ingress names. */
interface Named {
  readonly given: Given;
  readonly where: string;
  /** What of the arguments names it. */
  readonly member: string;
}

/** Is each certificate there that an ingress names? Those that the mesh requests itself need nothing. */
export function checkCertificates({ settings, facts, now }: Situation): readonly Finding[] {
  return settings.ingresses.flatMap((ingress) => {
    const where = `ingress ${ingress.name}`;
    const named = namedBy(ingress, where);
    const encrypted = named.filter(({ given }) => given.kind === "arn" && plainText(given.arn) === undefined);
    const readable = named.filter((one) => !encrypted.includes(one));
    const unread = encrypted.map((one) => finding("encrypted", one.where));
    if (readable.length === 0) return unread;
    const checked = whenKnown({ finding, where }, { all: facts.aws.certificates }, ({ all }) => {
      const found = readable.flatMap(({ given }) => find(given, all) ?? []);
      const known = found.filter(({ status }) => isIssued(status));
      // The others might cover what these do not.
      const covers = known.length === named.length && ingress.tls.certificate?.kind !== "request";
      return [
        ...readable.flatMap((one) => checkOne(one, all, now)),
        ...(covers ? checkHosts(ingress, known, where) : []),
      ];
    });
    return [...unread, ...checked];
  });
}

function namedBy({ tls: { certificate, moreCertificates } }: IngressSettings, ingress: string): readonly Named[] {
  const first = certificate === undefined || certificate.kind === "request" ? [] : [certificate];
  return [
    ...first.map((given) => ({ given, where: ingress, member: "tls.certificateArn" })),
    ...moreCertificates.map((arn, index): Named => {
      const member = `tls.certificateArns[${index}]`;
      return { given: { kind: "arn", arn }, where: `${ingress}, ${member}`, member };
    }),
  ];
}

/** As the mesh itself looks them up: by the primary domain alone, the newest that is issued. */
function find(given: Given, all: readonly CertificateFacts[]): CertificateFacts | undefined {
  if (given.kind === "arn") return all.find(({ arn }) => arn === given.arn);
  const issued = all.filter(({ domain, status }) => domain === given.domain && isIssued(status));
  return issued.sort((one, other) => String(other.until).localeCompare(String(one.until)))[0];
}

/** What AWS says nothing of, it was asked to leave out if it were otherwise. */
const isIssued = (status: string | undefined) => status === undefined || status === "ISSUED";

function absent({ given, where, member }: Named, all: readonly CertificateFacts[]): Finding {
  if (given.kind === "arn") {
    return finding("no-such-arn", where, { arn: invariant(plainText(given.arn), "a known ARN"), member });
  }
  const { domain } = given;
  const besides = all.find(({ alternatives, status }) => alternatives.includes(domain) && isIssued(status));
  if (besides === undefined) return finding("missing", where, { domain });
  return finding("other-name", where, { domain, primary: besides.domain, arn: besides.arn });
}

function checkOne(named: Named, all: readonly CertificateFacts[], now: Date): readonly Finding[] {
  const { where } = named;
  const found = find(named.given, all);
  if (found === undefined) return [absent(named, all)];
  const { arn, domain: primary, status, until } = found;
  const details: Details = { arn, primary, status: status ?? "?", until: until?.slice(0, 10) ?? "an unknown day" };
  if (!isIssued(status)) return [finding("not-issued", where, details)];
  return [finding(expiresSoon(until, now) ? "expires" : "found", where, details)];
}

/** The load balancer takes the certificate that covers the name which the client asks for: any of them may. */
function checkHosts(ingress: IngressSettings, known: readonly CertificateFacts[], where: string): readonly Finding[] {
  const names = known.flatMap(({ domain, alternatives }) => [domain, ...alternatives]);
  const uncovered = ingress.hostnames.filter((host) => !names.some((name) => isInCertificate(name, host)));
  if (uncovered.length === 0) return [];
  const hosts = uncovered.join(", ");
  const cut = known.filter(({ hasMoreNames }) => hasMoreNames);
  if (cut.length > 0) return [finding("more-names", where, { hosts, arns: cut.map(({ arn }) => arn).join(", ") })];
  return [finding("other-hosts", where, { hosts, primaries: known.map(({ domain }) => domain).join(", ") })];
}

function expiresSoon(until: string | undefined, now: Date): boolean {
  if (until === undefined) return false;
  return Date.parse(until) - now.getTime() < daysLeft * 24 * 60 * 60 * 1000;
}
