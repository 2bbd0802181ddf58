import assert from "node:assert/strict";
import { hasTlsFloor, meshConfigRequirements } from "../../components/security/mesh-config-requirements";
import { security } from "../support/settings";

describe("meshConfigRequirements", () => {
  it("tells istiod nothing that nobody asked for", () => {
    assert.deepEqual(meshConfigRequirements(security({ trustDomain: "of.the.user" }), "1.31.1"), {});
  });

  it("tells it the trust domain", () => {
    const reported = security({ trustDomain: "mesh.example.com", ownTrustDomain: true });
    assert.deepEqual(meshConfigRequirements(reported, "1.31.1"), { trustDomain: "mesh.example.com" });
  });

  it("tells it the least version of TLS between pods, and in gateways", () => {
    assert.deepEqual(meshConfigRequirements(security({ minimumTlsVersion: "TLSV1_3" }), "1.30.0"), {
      meshMTLS: { minProtocolVersion: "TLSV1_3" },
      tlsDefaults: { minProtocolVersion: "TLSV1_3" },
    });
  });

  it("leaves gateways to older control planes, which would take TLS 1.3 for 1.1", () => {
    const reported = meshConfigRequirements(security({ minimumTlsVersion: "TLSV1_3" }), "1.29.6");
    assert.deepEqual(reported, { meshMTLS: { minProtocolVersion: "TLSV1_3" } });
    assert.deepEqual([hasTlsFloor("1.29.6"), hasTlsFloor("1.30.0")], [false, true]);
  });
});
