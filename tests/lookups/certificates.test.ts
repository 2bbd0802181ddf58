import assert from "node:assert/strict";
import { settled } from "../../cli/plan/recording";
import { lookUpCertificates } from "../../components/lookups/certificates";
import type { InputValue } from "../../components/plan/input-value";
import { recordProgram } from "../support/recorded";

describe("lookUpCertificates", () => {
  it("answers by ingress with the ARN of the certificate for its domain", async () => {
    let found: Readonly<Record<string, InputValue>> = {};
    const { lookups } = await recordProgram(
      () => {
        const certificates = { one: "a.example.com", other: "*.example.com" };
        found = lookUpCertificates(
          { vpc: false, zones: {}, validationZones: {}, certificates, loadBalancerTypes: [] },
          {},
        );
      },
      { facts: { certificates: { "a.example.com": "arn:a", "*.example.com": "arn:wildcard" } } },
    );
    assert.deepEqual(await settled(found), { one: "arn:a", other: "arn:wildcard" });
    assert.equal(lookups.length, 2);
  });
});
