import assert from "node:assert/strict";
import { istiodDemands } from "../../components/mesh/istiod-demands";
import { controlPlane, security, unrevisioned } from "../support/settings";

const asking = { mode: "ambient", controlPlane: controlPlane(), security: security() } as const;

describe("istiodDemands", () => {
  it("asks what the mode needs", () => {
    assert.deepEqual(istiodDemands(asking, unrevisioned), { istiod: { profile: "ambient" } });
  });

  it("asks for mesh configuration only where security has something to say, of each control plane what it can do", () => {
    const strict = { ...asking, security: security({ minimumTlsVersion: "TLSV1_3" }) };
    const meshMTLS = { minProtocolVersion: "TLSV1_3" };
    assert.deepEqual(istiodDemands(strict, unrevisioned).istiod["meshConfig"], { meshMTLS, tlsDefaults: meshMTLS });
    assert.deepEqual(istiodDemands(strict, { ...unrevisioned, version: "1.29.6" }).istiod["meshConfig"], { meshMTLS });
  });
});
