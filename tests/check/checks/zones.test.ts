import { answered } from "../../../cli/check/facts";
import { checkZones, zones } from "../../../cli/check/checks/zones";
import { describeCheck, no } from "../../support/situation";

const zone = (id: string, name: string, isPrivate = false) => ({ id, name, isPrivate });
const there = (...all: ReturnType<typeof zone>[]) => ({ zones: answered(all) });
const addressObject = (dns: object) => ({ ingress: { strategy: "nlb", hostnames: ["app.example.com"], dns } });
const byName = addressObject({ zoneName: "example.com" });
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
  { title: "says that it could not look", args: byName, aws: { zones: no("aws", "late") }, finds: ["unknown"] },
]);
