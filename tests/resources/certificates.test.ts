import assert from "node:assert/strict";
import { settled } from "../../cli/plan/recording";
import { planCertificate } from "../../components/ingress/certificates/certificate-plan";
import { makeCertificates } from "../../components/resources/certificates";
import { recordMaking } from "../support/resource-registry";

const planOf = (ingress: string, ...domains: readonly string[]) =>
  planCertificate(ingress, domains, { zoneId: "Z0123", tags: { owner: "shop" } });
const plan = (...domains: readonly string[]) => planOf("public", ...domains);

/** Names of the records among what was made. */
function validationRecords(resources: readonly { readonly type: string; readonly name: string }[]): readonly string[] {
  const records = resources.filter(({ type }) => type === "aws:route53/record:Record");
  return records.map(({ name }) => name).sort();
}

describe("makeCertificates", () => {
  it("makes certificate, validation records and the wait until it is issued, and hands on the issued one", async () => {
    const { result, resources, find } = await recordMaking((created) =>
      makeCertificates(created, [plan("example.com", "*.example.com", "example.org")]),
    );
    assert.deepEqual(find("mesh-certificate-public").inputs, {
      domainName: "example.com",
      subjectAlternativeNames: ["*.example.com", "example.org"],
      validationMethod: "DNS",
      tags: { owner: "shop" },
    });
    assert.deepEqual(validationRecords(resources), [
      "mesh-validation-record-example.com",
      "mesh-validation-record-example.org",
    ]);
    assert.deepEqual(find("mesh-issued-certificate-public").inputs, {
      certificateArn: "<mesh-certificate-public.arn>",
      validationRecordFqdns: ["<mesh-validation-record-example.com.fqdn>", "<mesh-validation-record-example.org.fqdn>"],
    });
    assert.deepEqual(await settled(result), { public: "<mesh-certificate-public.arn>" });
  });

  it("names no alternative where there is one name only", async () => {
    const { find } = await recordMaking((created) => makeCertificates(created, [plan("example.com")]));
    assert.deepEqual(Object.keys(find("mesh-certificate-public").inputs as object).sort(), [
      ...["domainName", "tags", "validationMethod"],
    ]);
  });

  it("validates a wildcard alone by the record of its parent", async () => {
    const { input } = await recordMaking((created) => makeCertificates(created, [plan("*.example.com")]));
    assert.equal(
      input("mesh-validation-record-example.com", "name"),
      "<mesh-certificate-public.domainValidationOptions[*.example.com].resourceRecordName>",
    );
  });

  it("validates a name once for all certificates that have it", async () => {
    const plans = [planOf("public", "example.com"), planOf("gate", "*.example.com", "example.org")];
    const { resources, find } = await recordMaking((created) => makeCertificates(created, plans));
    assert.deepEqual(validationRecords(resources), [
      "mesh-validation-record-example.com",
      "mesh-validation-record-example.org",
    ]);
    assert.deepEqual(find("mesh-issued-certificate-gate").inputs, {
      certificateArn: "<mesh-certificate-gate.arn>",
      validationRecordFqdns: ["<mesh-validation-record-example.com.fqdn>", "<mesh-validation-record-example.org.fqdn>"],
    });
  });

  it("writes the validation record into the zone even if another certificate of the account has it there already", async () => {
    const { find } = await recordMaking((created) => makeCertificates(created, [plan("example.com")]));
    const option = "<mesh-certificate-public.domainValidationOptions[example.com]";
    assert.deepEqual(find("mesh-validation-record-example.com").inputs, {
      zoneId: "Z0123",
      name: `${option}.resourceRecordName>`,
      type: `${option}.resourceRecordType>`,
      records: [`${option}.resourceRecordValue>`],
      ttl: 300,
      allowOverwrite: true,
    });
  });
});
