import assert from "node:assert/strict";
import { meshPeers, probes } from "../../../components/security/network-policies/network-peers";
import { gateway } from "../../support/settings";

const text = (...args: Parameters<typeof meshPeers>) => meshPeers(...args).map((peer) => JSON.stringify(peer));

describe("meshPeers", () => {
  it("is whoever Istio itself takes for part of the mesh, and the namespace itself", () => {
    assert.deepEqual(meshPeers("sidecar", []), [
      { podSelector: {} },
      { namespaceSelector: {}, podSelector: { matchLabels: { "security.istio.io/tlsMode": "istio" } } },
      { namespaceSelector: { matchLabels: { "istio-injection": "enabled" } } },
      { namespaceSelector: { matchExpressions: [{ key: "istio.io/rev", operator: "Exists" }] } },
      {
        namespaceSelector: {},
        podSelector: { matchExpressions: [{ key: "gateway.istio.io/managed", operator: "Exists" }] },
      },
    ]);
  });

  it("counts ambient namespaces and ambient pods in an ambient mesh", () => {
    const label = '{"matchLabels":{"istio.io/dataplane-mode":"ambient"}}';
    const added = text("ambient", []).filter((peer) => !text("sidecar", []).includes(peer));
    assert.deepEqual(added, [`{"namespaceSelector":${label}}`, `{"namespaceSelector":{},"podSelector":${label}}`]);
  });

  it("counts the pods of gateways, by name where istiod does not make and mark them", () => {
    const more = text("sidecar", [gateway(), gateway({ createdBy: "istiod", namespace: "edge" })]).slice(5);
    assert.deepEqual(
      more.map((peer) => JSON.parse(peer) as unknown),
      [
        {
          namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "istio-ingress" } },
          podSelector: { matchLabels: { app: "istio-ingress", istio: "ingress" } },
        },
      ],
    );
  });
});

describe("probes", () => {
  it("come from the CNI agent's address, in IPv6 from a range that AWS's agent sees", () => {
    assert.deepEqual(probes, [
      { ipBlock: { cidr: "169.254.7.127/32" } },
      { ipBlock: { cidr: "fd16:9254:7127:1337:ffff::/80" } },
    ]);
  });
});
