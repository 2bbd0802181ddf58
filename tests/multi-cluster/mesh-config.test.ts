import assert from "node:assert/strict";
import { checkConfiguration, clusterLocalOf, withMultiCluster } from "../../components/multi-cluster/mesh-config";
import type { MultiClusterSettings } from "../../components/plan/multi-cluster";
import { smallest } from "../support/args";
import { givenAuthority } from "../support/certificates";
import { controlPlane, placesOf, settingsOf } from "../support/settings";

const { multiCluster } = settingsOf({
  security: { certificateAuthority: givenAuthority },
  multiCluster: { meshId: "production", network: "vpc" },
});
const keepalive = { time: "120s", interval: "30s", probes: 3 };

/** The mesh configuration with the block, and with these namespaces local to the cluster. */
function configured(meshConfig: Readonly<Record<string, unknown>>, clusterLocal: readonly string[] = []) {
  assert.ok(multiCluster !== undefined);
  const settings: MultiClusterSettings = { ...multiCluster, clusterLocal };
  return withMultiCluster(controlPlane({ meshConfig }), settings).meshConfig;
}

describe("withMultiCluster", () => {
  it("changes nothing of a mesh of one cluster", () => {
    const alone = controlPlane({ meshConfig: { enableTracing: true } });
    assert.equal(withMultiCluster(alone, undefined), alone);
  });

  it("keeps connections alive through NLBs, below what the user writes", () => {
    assert.deepEqual(configured({}), { tcpKeepalive: keepalive });
    assert.deepEqual(configured({ tcpKeepalive: { time: "60s" }, enableTracing: true }), {
      tcpKeepalive: { ...keepalive, time: "60s" },
      enableTracing: true,
    });
  });

  it("appends the namespaces that stay local to the settings of the user", () => {
    const hosts = ["*.shop.svc.cluster.local", "*.web.svc.cluster.local"];
    const local = { settings: { clusterLocal: true }, hosts };
    assert.deepEqual(configured({}, ["shop", "web"])["serviceSettings"], [local]);
    const theirs = { settings: {}, hosts: ["db.data.svc.cluster.local"] };
    assert.deepEqual(configured({ serviceSettings: [theirs] }, ["shop", "web"])["serviceSettings"], [theirs, local]);
    assert.deepEqual(configured({ serviceSettings: [theirs] })["serviceSettings"], [theirs]);
  });
});

describe("clusterLocalOf", () => {
  it("finds the namespaces with global: false only", () => {
    const namespaces = { shop: { global: false }, web: { global: true }, api: {} };
    assert.deepEqual(clusterLocalOf({ ...smallest, namespaces }), ["shop"]);
    assert.deepEqual(clusterLocalOf(smallest), []);
  });
});

describe("checkConfiguration", () => {
  const values = { ...controlPlane().values, istiod: { meshConfig: { serviceSettings: [] } } };
  const places = (global: boolean, changes: Parameters<typeof controlPlane>[0]) =>
    placesOf({
      problems: checkConfiguration({ ...smallest, namespaces: { shop: { global } } }, controlPlane(changes)),
    });

  it("refuses a list in the chart values that would replace that of local namespaces", () => {
    assert.deepEqual(places(false, { values }), ["istio.values.istiod.meshConfig.serviceSettings"]);
    assert.deepEqual(places(true, { values }), []);
    assert.deepEqual(places(false, { meshConfig: { serviceSettings: [] } }), []);
  });

  it("refuses the label of the network, and no other", () => {
    const labels = { "topology.istio.io/network": "vpc", team: "mesh" };
    assert.deepEqual(places(true, { namespaceLabels: labels }), ['istio.namespaceLabels["topology.istio.io/network"]']);
    assert.deepEqual(places(true, { namespaceLabels: { team: "mesh" } }), []);
  });
});
