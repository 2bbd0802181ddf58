import assert from "node:assert/strict";
import {
  cniRequiredValues,
  istiodRequiredValues,
  ztunnelRequiredValues,
} from "../../components/mesh/chart-required-values";
import { givenAuthority } from "../support/certificates";
import { controlPlane, egress, security, settingsOf, unrevisioned } from "../support/settings";

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

describe("A cluster of several", () => {
  const { multiCluster } = settingsOf({
    mode: "ambient",
    security: { certificateAuthority: givenAuthority },
    multiCluster: { meshId: "production", network: "vpc-east", eastWest: { allowedCidrs: ["10.1.0.0/16"] } },
  });
  assert.ok(multiCluster !== undefined);
  const ambient = { ...asking, multiCluster };
  const { membership } = multiCluster;
  const sidecars = {
    ...{ ...asking, mode: "sidecar" as const },
    multiCluster: { ...multiCluster, membership: { ...membership, mode: "sidecar" as const } },
  };
  const identity = { meshID: "production", multiCluster: { clusterName: "prod" }, network: "vpc-east" };

  it("has in ambient mode what Istio has off by default, and ztunnel knows its network", () => {
    const { istiod } = istiodRequiredValues(ambient, unrevisioned);
    assert.deepEqual(istiod["global"], identity);
    assert.deepEqual(istiod["env"], {
      AMBIENT_ENABLE_MULTI_NETWORK: "true",
      AMBIENT_ENABLE_BAGGAGE: "true",
      AMBIENT_ENABLE_MULTI_NETWORK_INGRESS: "true",
    });
    const { multiCluster: named, network } = identity;
    assert.deepEqual(ztunnelRequiredValues(ambient), { multiCluster: named, network });
  });

  it("has none of that with sidecars", () => {
    const { istiod } = istiodRequiredValues(sidecars, unrevisioned);
    assert.deepEqual([istiod["global"], istiod["env"]], [identity, undefined]);
    assert.equal(ztunnelRequiredValues(sidecars), undefined);
  });
});
