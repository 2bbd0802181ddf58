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
  return configuredWith(meshConfig, { clusterLocal });
}

function configuredWith(meshConfig: Readonly<Record<string, unknown>>, changes: Partial<MultiClusterSettings>) {
  assert.ok(multiCluster !== undefined);
  const settings: MultiClusterSettings = { ...multiCluster, ...changes };
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

describe("The Services of global namespaces", () => {
  const isGlobal = { matchExpressions: [{ key: "istio.io/global", operator: "In", values: ["true"] }] };
  const ofNamespaces = { namespaceSelector: isGlobal, scope: "GLOBAL" };

  it("are chosen by the label of the namespace, beside single ones by their own, which the list of the profile has", () => {
    const scopes = configuredWith({}, { globalNamespaces: true })["serviceScopeConfigs"];
    assert.deepEqual(scopes, [{ servicesSelector: isGlobal, scope: "GLOBAL" }, ofNamespaces]);
    assert.equal(configured({})["serviceScopeConfigs"], undefined);
  });

  it("are beside those that the user chooses", () => {
    const theirs = { servicesSelector: { matchLabels: { shared: "yes" } }, scope: "GLOBAL" };
    const found = configuredWith({ serviceScopeConfigs: [theirs] }, { globalNamespaces: true });
    assert.deepEqual(found["serviceScopeConfigs"], [theirs, ofNamespaces]);
  });
});

describe("clusterLocalOf", () => {
  it("finds the namespaces with global: false only", () => {
    const namespaces = { shop: { global: false }, web: { global: true }, api: {} };
    assert.deepEqual(clusterLocalOf({ ...smallest, namespaces }), ["shop"]);
    assert.deepEqual(clusterLocalOf(smallest), []);
    assert.deepEqual(clusterLocalOf({ ...smallest, mode: "ambient", namespaces }), []);
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

  it("refuses a list in the chart values that would replace that of global namespaces", () => {
    const scopes = { ...controlPlane().values, istiod: { meshConfig: { serviceScopeConfigs: [] } } };
    const ofAmbient = (global: boolean) => {
      const args = { ...smallest, mode: "ambient" as const, namespaces: { shop: { global } } };
      return placesOf({ problems: checkConfiguration(args, controlPlane({ values: scopes })) });
    };
    assert.deepEqual(ofAmbient(true), ["istio.values.istiod.meshConfig.serviceScopeConfigs"]);
    assert.deepEqual(ofAmbient(false), []);
  });

  it("refuses the label of the network, and no other", () => {
    const labels = { "topology.istio.io/network": "vpc", team: "mesh" };
    assert.deepEqual(places(true, { namespaceLabels: labels }), ['istio.namespaceLabels["topology.istio.io/network"]']);
    assert.deepEqual(places(true, { namespaceLabels: { team: "mesh" } }), []);
  });
});
