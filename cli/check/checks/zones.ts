import { invariant } from "../../../components/inputs/invariant";
import type { DnsSettings, HostedZoneSource } from "../../../components/plan/ingress-settings";
import type { HostedZone } from "../aws-facts";
import { findingsOf, type Finding, type Subject } from "../finding";
import { plainText, type Situation, whenKnown } from "../situation";

export const zones = {
  name: "zones",
  title: "Zones of the DNS records",
  how: "aws route53 list-hosted-zones",
  kinds: {
    encrypted: {
      level: "unknown",
      what: "The id of the zone is encrypted in the stack file.",
      suggestion: "Check by hand that it is a zone of this account.",
    },
    missing: {
      level: "problem",
      what: "Route 53 has no {kind} zone {name} in this account.",
      suggestion: "Correct dns.zoneName, or use credentials of the account that has the zone.",
    },
    "other-kind": {
      level: "problem",
      what: "The zone {name} is {other}, and the stack file asks for a {kind} one.",
      suggestion: "Write dns.privateZone: {flag}.",
    },
    "private-proof": {
      level: "problem",
      what: "The zone {name} ({id}) is private, and ACM looks for the proof of the requested certificate on the internet only.",
      suggestion: "Write dns.privateZone: true, and dns.validationZoneName with the public zone.",
    },
    several: {
      level: "problem",
      what: "There are {count} {kind} zones {name}: {ids}.",
      suggestion: "Write dns.zoneId with the one that is meant, in place of zoneName.",
    },
    found: { level: "ok", what: "{name} ({id})." },
  },
} as const satisfies Subject;

const finding = findingsOf(zones);
const word = (isPrivate: boolean) => (isPrivate ? "private" : "public");

/** Is there exactly one zone for each ingress that wants records? */
export function checkZones({ settings, facts }: Situation): readonly Finding[] {
  return settings.ingresses.flatMap(({ name, dns, tls }) => {
    if (dns === undefined) return [];
    const { zone } = dns;
    const where = `ingress ${name}`;
    if (zone.kind === "id" && plainText(zone.id) === undefined) return [finding("encrypted", where)];
    return whenKnown({ finding, where }, { all: facts.aws.zones }, ({ all }) => [
      checkZone(zone, all, where),
      ...(tls.certificate?.kind === "request" ? checkProof(dns, all, where) : []),
    ]);
  });
}

/** A zone that is given by its id may be private, which nobody asks AWS while planning. */
function checkProof({ zone, validationZone = zone }: DnsSettings, all: readonly HostedZone[], where: string) {
  const found = all.find(({ id, isPrivate }) => validationZone.kind === "id" && id === validationZone.id && isPrivate);
  return found === undefined ? [] : [finding("private-proof", where, { name: found.name, id: found.id })];
}

function checkZone(zone: HostedZoneSource, all: readonly HostedZone[], where: string): Finding {
  if (zone.kind === "id") {
    const found = all.find(({ id }) => id === zone.id);
    if (found !== undefined) return finding("found", where, { ...found, isPrivate: "" });
    return finding("missing", where, { name: invariant(plainText(zone.id), "a known id"), kind: "hosted" });
  }
  const { privateZone } = zone;
  const name = zone.name.replace(/\.$/, "");
  const named = all.filter((one) => one.name === name);
  const fitting = named.filter(({ isPrivate }) => isPrivate === privateZone);
  const [first] = fitting;
  const details = { name, kind: word(privateZone), other: word(!privateZone), flag: String(!privateZone) };
  if (first === undefined) return finding(named.length > 0 ? "other-kind" : "missing", where, details);
  if (fitting.length === 1) return finding("found", where, { ...details, id: first.id });
  const ids = fitting.map(({ id }) => id).join(", ");
  return finding("several", where, { ...details, count: fitting.length, ids });
}
