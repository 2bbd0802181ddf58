import assert from "node:assert/strict";
import { planCertificate } from "../../../components/ingress/certificates/certificate-plan";

const plan = (...domains: readonly string[]) => planCertificate("shop", domains, { zoneId: "Z1", tags: { Team: "a" } });

describe("planCertificate", () => {
  it("asks for all hostnames at once, the first as the certificate's own name", () => {
    const { name, after, ingress, domains, zoneId, issuedName, tags } = plan("a.example.com", "*.example.com");
    assert.deepEqual(
      { name, after, ingress, domains, zoneId, issuedName, tags },
      {
        name: "certificate-shop",
        after: [],
        ingress: "shop",
        domains: ["a.example.com", "*.example.com"],
        zoneId: "Z1",
        issuedName: "issued-certificate-shop",
        tags: { Team: "a" },
      },
    );
  });

  it("validates each name by a record of its own", () => {
    assert.deepEqual(plan("a.example.com", "b.example.com").validationRecords, {
      "a.example.com": "validation-record-a.example.com",
      "b.example.com": "validation-record-b.example.com",
    });
  });

  it("makes one record for a wildcard and its parent: ACM validates both by the same one", () => {
    assert.deepEqual(plan("*.example.com", "example.com").validationRecords, {
      "example.com": "validation-record-example.com",
    });
  });
});
