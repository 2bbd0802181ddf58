import assert from "node:assert/strict";
import { checkPeers } from "../../components/multi-cluster/peers-args";
import { placesOf } from "../support/settings";

const membership = {
  ...{ meshId: "production", clusterName: "east", network: "vpc", trustDomain: "cluster.local" },
  ...{ trustDomainAliases: [], hasGateway: false, mode: "sidecar" as const },
};
const kubeconfig = (server: string) =>
  JSON.stringify({
    kind: "Config",
    clusters: [{ name: "c", cluster: { server } }],
    users: [{ name: "u", user: { token: "t" } }],
    contexts: [{ name: "x", context: { cluster: "c", user: "u" } }],
    "current-context": "x",
  });
const places = (peers: Parameters<typeof checkPeers>[0]) =>
  placesOf({ problems: checkPeers(peers, { membership, root: "", gatewayNamespace: undefined }) });

describe("checkPeers", () => {
  it("reports a cluster that is there under a second name, and a third", () => {
    const [one, other] = [{ kubeconfig: kubeconfig("https://one") }, { kubeconfig: kubeconfig("https://other") }];
    assert.deepEqual(places({ a: one, b: other }), []);
    assert.deepEqual(places({ a: one, b: other, c: one, "d.e": one }), [
      "multiCluster.peers.c",
      'multiCluster.peers["d.e"]',
    ]);
  });

  it("compares no texts that are no kubeconfigs, nor those that are known later", () => {
    const later = Promise.resolve(kubeconfig("https://one"));
    assert.deepEqual(places({ a: { kubeconfig: "x" }, b: { kubeconfig: "x" } }), [
      "multiCluster.peers.a.kubeconfig",
      "multiCluster.peers.b.kubeconfig",
    ]);
    assert.deepEqual(places({ a: { kubeconfig: kubeconfig("https://one") }, b: { kubeconfig: later } }), []);
  });
});
