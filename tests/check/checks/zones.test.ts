import { answered } from "../../../cli/check/facts";
import { checkZones, zones } from "../../../cli/check/checks/zones";
import { describeCheck, no } from "../../support/situation";

const zone = (id: string, name: string, isPrivate = false) => ({ id, name, isPrivate });
const there = (...all: ReturnType<typeof zone>[]) => ({ zones: answered(all) });
const addressObject = (dns: object) => ({ ingress: { strategy: "nlb", hostnames: ["app.example.com"], dns } });
const byName = addressObject({ zoneName: "example.com" });
const role = "arn:aws:iam::210987654321:role/dns-writer";
const inRole = addressObject({ zoneName: "example.com", roleArn: role });
const requested = (dns: object) => ({
  ingress: {
    ...{ strategy: "nlb", hostnames: ["app.example.com"], tls: { requestCertificate: true } },
    dns: { zoneName: "example.com", privateZone: true, ...dns },
  },
});
const requesting = (dns: object) => ({
  ingress: { strategy: "nlb", hostnames: ["app.example.com"], dns, tls: { requestCertificate: true } },
});
const byId = addressObject({ zoneId: "Z0123456789" });

describeCheck({ subject: zones, check: checkZones }, [
  { title: "has nothing to do without records", finds: [] },
  {
    title: "finds it by its name, whatever else there is",
    args: byName,
    aws: there(zone("Z1", "example.com"), zone("Z2", "example.com", true), zone("Z3", "other.com")),
    finds: ["found"],
    says: [/example\.com \(Z1\)/],
  },
  {
    title: "finds a private one",
    args: addressObject({ zoneName: "example.com", privateZone: true }),
    aws: there(zone("Z1", "example.com"), zone("Z2", "example.com", true)),
    finds: ["found"],
    says: [/\(Z2\)/],
  },
  { title: "finds it by its id", args: byId, aws: there(zone("Z0123456789", "example.com")), finds: ["found"] },
  {
    title: "misses a name",
    args: byName,
    aws: there(zone("Z1", "other.com")),
    finds: ["missing"],
    says: [/no public zone example\.com/],
  },
  {
    title: "sees that a zone by id is private, where ACM would never find the validation record of a certificate",
    args: requesting({ zoneId: "Z0123456789" }),
    aws: there(zone("Z0123456789", "example.com", true)),
    finds: ["found", "private-proof"],
    says: [/Z0123456789/, /example\.com \(Z0123456789\) is private.*dns\.validationZoneName/],
  },
  {
    title: "sees the same of the zone that is to hold the validation record only",
    args: requesting({ zoneId: "Z0123456789", privateZone: true, validationZoneId: "Z0000000001" }),
    aws: there(zone("Z0123456789", "example.com", true), zone("Z0000000001", "example.com", true)),
    finds: ["found", "found", "private-proof"],
  },
  {
    title: "has nothing against a private zone by id where the validation record is in a public one",
    args: requesting({ zoneId: "Z0123456789", privateZone: true, validationZoneName: "example.com" }),
    aws: there(zone("Z0123456789", "example.com", true), zone("Z2", "example.com")),
    finds: ["found", "found"],
  },
  {
    title: "has nothing against a public zone by id, or a private one without a requested certificate",
    args: requesting({ zoneId: "Z0123456789" }),
    aws: there(zone("Z0123456789", "example.com")),
    finds: ["found"],
  },
  { title: "misses an id", args: byId, finds: ["missing"], says: [/no hosted zone Z0123456789/] },
  {
    title: "sees that it is of the other kind",
    args: byName,
    aws: there(zone("Z1", "example.com", true)),
    finds: ["other-kind"],
    says: [/is private, and the stack file asks for a public one\. -> Write dns\.privateZone: true/],
  },
  {
    title: "cannot choose among several",
    args: byName,
    aws: there(zone("Z1", "example.com"), zone("Z2", "example.com")),
    finds: ["several"],
    says: [/2 public zones example\.com: Z1, Z2/],
  },
  {
    title: "cannot read an encrypted id",
    args: addressObject({ zoneId: Promise.resolve("Z1") }),
    finds: ["encrypted"],
  },
  {
    title: "finds it in the account of dns.roleArn, and not in the stack's own",
    args: inRole,
    aws: { ...there(), zonesInRoles: { [role]: answered([zone("Z7", "example.com")]) } },
    finds: ["found"],
    says: [/\(Z7\)/],
  },
  {
    title: "misses it in the account of dns.roleArn, and names that",
    args: inRole,
    aws: { ...there(zone("Z1", "example.com")), zonesInRoles: { [role]: answered([]) } },
    finds: ["missing"],
    says: [
      /no public zone example\.com in the account of arn:aws:iam::210987654321:role\/dns-writer\. -> Correct dns\.zoneName/,
    ],
  },
  {
    title: "says that it could not look where the role may not be assumed",
    args: inRole,
    aws: { ...there(), zonesInRoles: { [role]: no("aws", "forbidden", "not authorized to perform: sts:AssumeRole") } },
    finds: ["unknown"],
    says: [/Not checked: AWS denied the request: not authorized to perform: sts:AssumeRole/],
  },
  {
    title: "cannot look with an encrypted role",
    args: addressObject({ zoneName: "example.com", roleArn: Promise.resolve(role) }),
    finds: ["encrypted-role"],
  },
  {
    title: "finds the public zone that validates a certificate, beside the private one of the records",
    args: requested({ validationZoneName: "example.com" }),
    aws: there(zone("Z1", "example.com"), zone("Z2", "example.com", true)),
    finds: ["found", "found"],
    says: [/\(Z2\)/, /^ingress istio-ingress, validation record of the certificate: .*\(Z1\)/],
  },
  {
    title: "misses the zone that validates a certificate, by name and by id",
    args: requested({ validationZoneName: "example.com" }),
    aws: there(zone("Z2", "example.com", true)),
    finds: ["found", "missing"],
    says: [/./, /no public zone example\.com .* -> Correct dns\.validationZoneName/],
  },
  {
    title: "misses the id of the zone that validates a certificate",
    args: requested({ validationZoneId: "Z0000000001" }),
    aws: there(zone("Z2", "example.com", true)),
    finds: ["found", "missing"],
    says: [/./, /no hosted zone Z0000000001 .* -> Correct dns\.validationZoneId/],
  },
  { title: "says that it could not look", args: byName, aws: { zones: no("aws", "late") }, finds: ["unknown"] },
]);
