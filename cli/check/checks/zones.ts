import { invariant } from "../../../components/inputs/invariant";
import type { DnsSettings, HostedZoneSource } from "../../../components/plan/ingress-settings";
import type { HostedZone } from "../aws-facts";
import type { AwsFacts } from "../facts";
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
      suggestion: "Check by hand that it is a zone of the account.",
    },
    "encrypted-role": {
      level: "unknown",
      what: "dns.roleArn is encrypted in the stack file, so Route 53 was not asked with it.",
      suggestion: "Write it in plain text, or check by hand that the zone is in the account of the role.",
    },
    missing: {
      level: "problem",
      what: "Route 53 has no {kind} zone {name} in {account}.",
      suggestion: "Correct {member}; for a zone of another account write dns.roleArn, a role of that account.",
    },
    "other-kind": {
      level: "problem",
      what: "The zone {name} is {other}, and the stack file asks for a {kind} one.",
      suggestion: "Write dns.privateZone: {flag}.",
    },
    "private-proof": {
      level: "problem",
      what: "The zone {name} ({id}) is private, and ACM looks for the validation record of the requested certificate on the internet only.",
      suggestion: "Write dns.privateZone: true, and dns.validationZoneName with the public zone.",
    },
    several: {
      level: "problem",
      what: "There are {count} {kind} zones {name}: {ids}.",
      suggestion: "Write {idMember} with the one that is meant, in place of {member}.",
    },
    found: { level: "ok", what: "{name} ({id})." },
  },
} as const satisfies Subject;

const finding = findingsOf(zones);
type ZoneName = Extract<HostedZoneSource, { readonly kind: "look-up" }>;
const word = (isPrivate: boolean) => (isPrivate ? "private" : "public");

/** Is there exactly one zone for each ingress that wants records? */
export function checkZones({ settings, facts }: Situation): readonly Finding[] {
  return settings.ingresses.flatMap(({ name, dns, tls }) =>
    dns === undefined
      ? []
      : checkDns(dns, facts.aws, { ingress: name, validates: tls.certificate?.kind === "request" }),
  );
}

interface Need {
  readonly ingress: string;
  /** Whether ACM looks for the validation record of a requested certificate. */
  readonly validates: boolean;
}

function checkDns(dns: DnsSettings, aws: AwsFacts, { ingress, validates }: Need): readonly Finding[] {
  const { zone, validationZone, roleArn } = dns;
  const where = `ingress ${ingress}`;
  const role = roleArn === undefined ? undefined : plainText(roleArn);
  if (roleArn !== undefined && role === undefined) return [finding("encrypted-role", where)];
  const all = role === undefined ? aws.zones : invariant(aws.zonesInRoles[role], `the zones of ${role}`);
  const account = role === undefined ? "this account" : `the account of ${role}`;
  const own = { where, account, prefix: "zone", validates: validates && validationZone === undefined } as const;
  if (validationZone === undefined) return checkZone(zone, all, own);
  const validation = {
    ...own,
    where: `${where}, validation record of the certificate`,
    prefix: "validationZone",
    validates,
  } as const;
  return [...checkZone(zone, all, own), ...checkZone(validationZone, all, validation)];
}

interface Place {
  readonly where: string;
  readonly account: string;
  /** Of the members of `dns` that name the zone. */
  readonly prefix: "zone" | "validationZone";
  /** Whether the validation record of a certificate is to be found in it. */
  readonly validates: boolean;
}

function checkZone(zone: HostedZoneSource, zones: AwsFacts["zones"], place: Place): readonly Finding[] {
  const { where } = place;
  if (zone.kind === "id" && plainText(zone.id) === undefined) return [finding("encrypted", where)];
  return whenKnown({ finding, where }, { all: zones }, ({ all }) =>
    zone.kind === "id"
      ? checkId(invariant(plainText(zone.id), "a known id"), all, place)
      : [checkName(zone, all, place)],
  );
}

/** A zone that is given by its id may be private, which nobody asks AWS while planning. */
function checkId(
  id: string,
  all: readonly HostedZone[],
  { where, account, prefix, validates }: Place,
): readonly Finding[] {
  const found = all.find((zone) => zone.id === id);
  if (found === undefined) {
    return [finding("missing", where, { name: id, kind: "hosted", account, member: `dns.${prefix}Id` })];
  }
  const { name, isPrivate } = found;
  return [
    finding("found", where, { ...found, isPrivate: "" }),
    ...(validates && isPrivate ? [finding("private-proof", where, { name, id })] : []),
  ];
}

function checkName(zone: ZoneName, all: readonly HostedZone[], { where, account, prefix }: Place): Finding {
  const { privateZone } = zone;
  const name = zone.name.replace(/\.$/, "");
  const named = all.filter((one) => one.name === name);
  const fitting = named.filter(({ isPrivate }) => isPrivate === privateZone);
  const [first] = fitting;
  const kinds = { kind: word(privateZone), other: word(!privateZone), flag: String(!privateZone) };
  const details = { ...kinds, name, account, member: `dns.${prefix}Name`, idMember: `dns.${prefix}Id` };
  if (first === undefined)
    return finding(named.length > 0 && prefix === "zone" ? "other-kind" : "missing", where, details);
  if (fitting.length === 1) return finding("found", where, { ...details, id: first.id });
  const ids = fitting.map(({ id }) => id).join(", ");
  return finding("several", where, { ...details, count: fitting.length, ids });
}
