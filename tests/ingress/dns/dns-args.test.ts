import assert from "node:assert/strict";
import { type DnsArgs, dnsShape, hasPublicZone, resolveDns } from "../../../components/ingress/dns/dns-args";
import { checkShape } from "../../../components/inputs/shape";
import { onlyProblem, placesOf } from "../../support/settings";

const around = { path: "ingress", hostnames: ["app.example.com", "example.com"], requestsCertificate: false };
const resolve = (args: DnsArgs | undefined, hostnames = around.hostnames) => resolveDns(args, { ...around, hostnames });

describe("resolveDns", () => {
  it("makes no records without block", () => {
    assert.deepEqual(resolve(undefined), { settings: undefined, problems: [], warnings: [] });
  });

  it("looks a public zone up by name, and answers only while there are healthy targets", () => {
    assert.deepEqual(resolve({ zoneName: "example.com" }), {
      settings: {
        zone: { kind: "look-up", name: "example.com", privateZone: false },
        validationZone: undefined,
        createRecords: true,
        evaluateTargetHealth: true,
        roleArn: undefined,
      },
      problems: [],
      warnings: [],
    });
  });

  it("looks nothing up where the id is known; the name beside it still checks the hostnames", () => {
    const { settings, problems } = resolve({ zoneId: "Z1", zoneName: "example.com", evaluateTargetHealth: false });
    assert.deepEqual(settings?.zone, { kind: "id", id: "Z1" });
    assert.equal(settings?.evaluateTargetHealth, false);
    assert.deepEqual(problems, []);
  });

  it("looks for a private zone if asked to: Route 53 may have two zones of one name", () => {
    const { settings } = resolve({ zoneName: "example.com", privateZone: true });
    assert.deepEqual(settings?.zone, { kind: "look-up", name: "example.com", privateZone: true });
  });

  it("wants a zone", () => {
    const { path, suggestion } = onlyProblem(resolve({}));
    assert.deepEqual([path, suggestion], ["ingress.dns", 'set the zone: zoneName: "example.com"']);
  });

  it("wants hostnames to make records for, unless the zone only validates a certificate", () => {
    assert.match(onlyProblem(resolve({ zoneId: "Z1" }, [])).allowed, /records for hostnames/);
    assert.deepEqual(placesOf(resolve({ zoneId: "Z1", createRecords: false }, [])), []);
    assert.equal(resolve({ zoneId: "Z1", createRecords: false }, []).settings?.createRecords, false);
  });

  it("finds each hostname outside the zone, where Route 53 would answer with an error at `up`", () => {
    const { problems } = resolve({ zoneName: "example.com" }, ["app.example.com", "app.example.org", "myexample.com"]);
    assert.deepEqual(placesOf({ problems }), ["ingress.hostnames[1]", "ingress.hostnames[2]"]);
    assert.match(String(problems[0]?.allowed), /^example\.com and names below it/);
  });
});

describe("The zone that validates a certificate", () => {
  const resolveRequest = (args: DnsArgs, hostnames = around.hostnames) =>
    resolveDns(args, { ...around, hostnames, requestsCertificate: true });
  const privateZone = { zoneName: "example.com", privateZone: true };

  it("is the one of the records, or a public one by name or id", () => {
    assert.equal(resolveRequest(privateZone).settings?.validationZone, undefined);
    assert.deepEqual(resolveRequest({ ...privateZone, validationZoneName: "example.com" }).settings?.validationZone, {
      ...{ kind: "look-up", name: "example.com", privateZone: false },
    });
    const both = { ...privateZone, validationZoneName: "example.com", validationZoneId: "Z2" };
    assert.deepEqual(resolveRequest(both).settings?.validationZone, { kind: "id", id: "Z2" });
    assert.deepEqual(resolveRequest(both).problems, []);
  });

  it("contains every hostname", () => {
    const { problems } = resolveRequest({ zoneId: "Z1", validationZoneName: "example.org" }, ["a.example.com"]);
    assert.deepEqual(placesOf({ problems }), ["ingress.hostnames[0]"]);
    assert.match(String(problems[0]?.allowed), /the zone of dns\.validationZoneName$/);
  });

  it("is named only for a requested certificate", () => {
    const { problems } = resolve({ ...privateZone, validationZoneName: "example.com", validationZoneId: "Z2" });
    assert.deepEqual(placesOf({ problems }), ["ingress.dns.validationZoneName", "ingress.dns.validationZoneId"]);
  });

  it("is public, unless dns names a private zone alone", () => {
    const of = (args: DnsArgs | undefined) => hasPublicZone(args);
    assert.deepEqual([of(undefined), of({ zoneId: "Z1" }), of(privateZone)], [false, true, false]);
    assert.ok(
      of({ ...privateZone, validationZoneId: "Z2" }) && of({ ...privateZone, validationZoneName: "example.com" }),
    );
  });
});

describe("dnsShape", () => {
  const reported = (args: object) => checkShape(dnsShape, args).problems.map(({ path }) => path);

  it("takes a zone's name without wildcard, and Route 53's id", () => {
    assert.deepEqual(reported({ zoneName: "example.com", zoneId: "Z0123456789ABC", privateZone: true }), []);
    assert.deepEqual(reported({ zoneName: "*.example.com", zoneId: "example.com" }), ["zoneName", "zoneId"]);
  });

  it("takes the ARN of a role, and no other ARN", () => {
    assert.deepEqual(reported({ roleArn: "arn:aws:iam::210987654321:role/dns/writer" }), []);
    assert.deepEqual(reported({ roleArn: "arn:aws:iam::210987654321:user/me" }), ["roleArn"]);
  });

  it("wants switches as booleans", () => {
    assert.deepEqual(reported({ privateZone: "no", createRecords: 0, evaluateTargetHealth: "true" }), [
      "privateZone",
      "createRecords",
      "evaluateTargetHealth",
    ]);
    assert.deepEqual(reported({ createRecords: false, evaluateTargetHealth: false }), []);
  });
});
