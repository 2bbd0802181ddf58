import assert from "node:assert/strict";
import { meshMtls, namespaceArgs } from "../../../cli/adopt/mesh/namespace-args";

const shop = (labels: Readonly<Record<string, string>>) => ({
  metadata: { name: "shop", labels: { "istio.io/dataplane-mode": "ambient", ...labels } },
});
const waypoint = (name: string, labels?: Readonly<Record<string, string>>, gatewayClassName = "istio-waypoint") => ({
  apiVersion: "gateway.networking.k8s.io/v1",
  kind: "Gateway",
  metadata: { name, namespace: "shop", ...(labels === undefined ? {} : { labels }) },
  spec: { gatewayClassName },
});
const context = { revision: "", own: [], peerAuthentications: [] };

describe("The waypoint of a namespace", () => {
  const uses = { "istio.io/use-waypoint": "waypoint" };

  it("is taken over where it is called and serves as the mesh's, as istioctl makes it", () => {
    for (const gateway of [waypoint("waypoint"), waypoint("waypoint", { "istio.io/waypoint-for": "service" })]) {
      for (const labels of [uses, { ...uses, "istio.io/use-waypoint-namespace": "shop" }]) {
        const { args, notes } = namespaceArgs([shop(labels)], { ...context, mode: "ambient", gateways: [gateway] });
        assert.deepEqual([args, notes], [{ shop: { create: false, waypoint: true } }, []]);
      }
    }
  });

  it("stays where it is another one, with what to do", () => {
    for (const [labels, gateway] of [
      [{ "istio.io/use-waypoint": "own" }, waypoint("own")],
      [{ ...uses, "istio.io/use-waypoint-namespace": "infra" }, waypoint("waypoint")],
      [uses, waypoint("waypoint", { "istio.io/waypoint-for": "all" })],
      [uses, waypoint("waypoint", {}, "istio")],
      [uses, { ...waypoint("waypoint"), metadata: { name: "waypoint", namespace: "other" } }],
    ] as const) {
      const { args, notes } = namespaceArgs([shop(labels)], { ...context, mode: "ambient", gateways: [gateway] });
      assert.deepEqual(args, { shop: { create: false } });
      assert.match(String(notes[0]?.suggestion), /write waypoint: true/);
    }
  });

  it("is none where there is no label, and no ztunnel", () => {
    const gateways = [waypoint("waypoint")];
    assert.deepEqual(namespaceArgs([shop({})], { ...context, mode: "ambient", gateways }).args, {
      shop: { create: false },
    });
    assert.deepEqual(namespaceArgs([shop(uses)], { ...context, mode: "sidecar", gateways }).args, {});
  });
});

describe("Mesh-wide mTLS", () => {
  const policy = (spec: object) => [{ metadata: { name: "default", namespace: "istio-system" }, spec }];

  it("is said where the mesh has a word for it, else the policy stays", () => {
    assert.deepEqual(meshMtls(policy({ mtls: { mode: "STRICT" } }), "istio-system"), { args: "strict", notes: [] });
    assert.deepEqual(meshMtls([], "istio-system"), { args: undefined, notes: [] });
    for (const spec of [
      { mtls: { mode: "DISABLE" } },
      {},
      { mtls: { mode: "STRICT" }, selector: { matchLabels: { app: "x" } } },
      { mtls: { mode: "STRICT" }, portLevelMtls: { 8080: { mode: "DISABLE" } } },
    ]) {
      const { args, notes } = meshMtls(policy(spec), "istio-system");
      assert.equal(args, undefined, JSON.stringify(spec));
      assert.match(String(notes[0]?.text), /It stays as it is/);
    }
  });
});
