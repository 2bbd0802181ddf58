import assert from "node:assert/strict";
import {
  cniRequiredValues,
  istiodRequiredValues,
  ztunnelRequiredValues,
} from "../../components/mesh/chart-required-values";
import { controlPlane, egress, security, unrevisioned } from "../support/settings";

const asking = { mode: "ambient", controlPlane: controlPlane(), security: security(), egress: egress() } as const;

describe("istiodRequiredValues", () => {
  it("asks what the mode needs", () => {
    assert.deepEqual(istiodRequiredValues(asking, unrevisioned), { istiod: { profile: "ambient" } });
  });

  it("asks for the policy of egress beside that of security", () => {
    const closed = { ...asking, egress: egress({ policy: "registry-only" }) };
    assert.deepEqual(istiodRequiredValues(closed, unrevisioned).istiod["meshConfig"], {
      outboundTrafficPolicy: { mode: "REGISTRY_ONLY" },
    });
  });

  it("asks for mesh configuration only where security has something to say, of each control plane what it can do", () => {
    const strict = { ...asking, security: security({ minimumTlsVersion: "TLSV1_3" }) };
    const meshMTLS = { minProtocolVersion: "TLSV1_3" };
    assert.deepEqual(istiodRequiredValues(strict, unrevisioned).istiod["meshConfig"], {
      meshMTLS,
      tlsDefaults: meshMTLS,
    });
    assert.deepEqual(istiodRequiredValues(strict, { ...unrevisioned, version: "1.29.6" }).istiod["meshConfig"], {
      meshMTLS,
    });
  });
});

describe("The charts' own NetworkPolicies", () => {
  const policy = { networkPolicy: { enabled: true } };
  const closed = { ...asking, security: security({ networkPolicies: true }) };

  it("are asked for with the mesh's, of istiod and of its agents", () => {
    assert.deepEqual(istiodRequiredValues(closed, unrevisioned).istiod["global"], policy);
    assert.deepEqual(cniRequiredValues(closed), { profile: "ambient", global: policy });
    assert.deepEqual(ztunnelRequiredValues(closed), { global: policy });
  });

  it("are not asked for otherwise, nor of agents of versions that have none", () => {
    assert.deepEqual([cniRequiredValues(asking), ztunnelRequiredValues(asking)], [{ profile: "ambient" }, {}]);
    const older = { ...closed, controlPlane: controlPlane({ main: { ...unrevisioned, version: "1.28.10" } }) };
    assert.deepEqual([cniRequiredValues(older), ztunnelRequiredValues(older)], [{ profile: "ambient" }, {}]);
    const first = { ...closed, controlPlane: controlPlane({ main: { ...unrevisioned, version: "1.29.0" } }) };
    assert.deepEqual(ztunnelRequiredValues(first), { global: policy });
  });

  it("are asked of nobody who is not there", () => {
    const sidecars = { ...closed, mode: "sidecar" } as const;
    assert.deepEqual([cniRequiredValues(sidecars), ztunnelRequiredValues(sidecars)], [undefined, undefined]);
  });
});
