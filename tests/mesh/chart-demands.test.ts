import assert from "node:assert/strict";
import { cniDemands, istiodDemands, ztunnelDemands } from "../../components/mesh/chart-demands";
import { controlPlane, egress, security, unrevisioned } from "../support/settings";

const asking = { mode: "ambient", controlPlane: controlPlane(), security: security(), egress: egress() } as const;

describe("istiodDemands", () => {
  it("asks what the mode needs", () => {
    assert.deepEqual(istiodDemands(asking, unrevisioned), { istiod: { profile: "ambient" } });
  });

  it("asks for the policy of egress beside that of security", () => {
    const closed = { ...asking, egress: egress({ policy: "registry-only" }) };
    assert.deepEqual(istiodDemands(closed, unrevisioned).istiod["meshConfig"], {
      outboundTrafficPolicy: { mode: "REGISTRY_ONLY" },
    });
  });

  it("asks for mesh configuration only where security has something to say, of each control plane what it can do", () => {
    const strict = { ...asking, security: security({ minimumTlsVersion: "TLSV1_3" }) };
    const meshMTLS = { minProtocolVersion: "TLSV1_3" };
    assert.deepEqual(istiodDemands(strict, unrevisioned).istiod["meshConfig"], { meshMTLS, tlsDefaults: meshMTLS });
    assert.deepEqual(istiodDemands(strict, { ...unrevisioned, version: "1.29.6" }).istiod["meshConfig"], { meshMTLS });
  });
});

describe("The charts' own NetworkPolicies", () => {
  const policy = { networkPolicy: { enabled: true } };
  const closed = { ...asking, security: security({ networkPolicies: true }) };

  it("are asked for with the mesh's, of istiod and of its agents", () => {
    assert.deepEqual(istiodDemands(closed, unrevisioned).istiod["global"], policy);
    assert.deepEqual(cniDemands(closed), { profile: "ambient", global: policy });
    assert.deepEqual(ztunnelDemands(closed), { global: policy });
  });

  it("are not asked for otherwise, nor of agents of versions that have none", () => {
    assert.deepEqual([cniDemands(asking), ztunnelDemands(asking)], [{ profile: "ambient" }, {}]);
    const older = { ...closed, controlPlane: controlPlane({ main: { ...unrevisioned, version: "1.28.10" } }) };
    assert.deepEqual([cniDemands(older), ztunnelDemands(older)], [{ profile: "ambient" }, {}]);
    const first = { ...closed, controlPlane: controlPlane({ main: { ...unrevisioned, version: "1.29.0" } }) };
    assert.deepEqual(ztunnelDemands(first), { global: policy });
  });

  it("are asked of nobody who is not there", () => {
    const sidecars = { ...closed, mode: "sidecar" } as const;
    assert.deepEqual([cniDemands(sidecars), ztunnelDemands(sidecars)], [undefined, undefined]);
  });
});
