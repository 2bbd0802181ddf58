import assert from "node:assert/strict";
import {
  currentAccess,
  kubeconfigText,
  peerFactsOf,
  readKubeconfig,
  rootFingerprints,
} from "../../components/multi-cluster/peer-kubeconfig";
import type { MeshMembership } from "../../components/plan/multi-cluster";
import { pem } from "../support/certificates";

const west: MeshMembership = {
  ...{ meshId: "production", clusterName: "west", network: "vpc", trustDomain: "cluster.local" },
  ...{ trustDomainAliases: ["west.example.com"], hasGateway: true, mode: "sidecar" },
};
const access = { endpoint: "https://west", certificateAuthority: "Y2E=", token: "t", root: pem("root") };

describe("kubeconfigText", () => {
  it("has a token of one cluster, as its current context", () => {
    const read = readKubeconfig(kubeconfigText(west, access));
    assert.deepEqual(currentAccess(read), {
      user: { token: "t" },
      cluster: { server: "https://west", "certificate-authority-data": "Y2E=" },
    });
  });

  it("describes the cluster, and its root by a fingerprint only", () => {
    const text = kubeconfigText(west, access);
    assert.deepEqual(peerFactsOf(readKubeconfig(text)), { membership: west, roots: rootFingerprints(pem("root")) });
    assert.ok(!text.includes("BEGIN CERTIFICATE"));
  });

  it("describes the gateway of ambient mode, and says nothing of the mode otherwise, as releases before did", () => {
    const gateway = { address: "west.elb.amazonaws.com", namespace: "istio-eastwest" };
    const ambient: MeshMembership = { ...west, mode: "ambient" };
    const facts = peerFactsOf(readKubeconfig(kubeconfigText(ambient, { ...access, gateway })));
    assert.deepEqual([facts?.membership, facts?.gateway], [ambient, gateway]);
    assert.ok(!/mode|gateway"/.test(kubeconfigText(west, { ...access, gateway })));
    const read = (found: object) =>
      peerFactsOf({ extensions: [{ name: "istio-eks", extension: { ...ambient, roots: [], gateway: found } }] })
        ?.gateway;
    assert.deepEqual(read(gateway), gateway);
    for (const bad of [{}, { address: "a" }, { address: 1, namespace: "n" }]) assert.equal(read(bad), undefined);
  });

  it("describes the VPC where it is known, of which nothing malformed is read", () => {
    const vpc = { id: "vpc-1", ranges: ["10.0.0.0/16"] };
    const read = (found: object) =>
      peerFactsOf({ extensions: [{ name: "istio-eks", extension: { ...west, roots: [], vpc: found } }] })?.vpc;
    assert.deepEqual(peerFactsOf(readKubeconfig(kubeconfigText(west, { ...access, vpc })))?.vpc, vpc);
    assert.deepEqual(read(vpc), vpc);
    for (const bad of [{}, { id: 1, ranges: [] }, { id: "a" }, { id: "a", ranges: ["b"] }, { id: "a", ranges: [1] }])
      assert.equal(read(bad), undefined, JSON.stringify(bad));
  });
});

describe("rootFingerprints", () => {
  it("are those of each certificate, in an order of their own, and none of another text", () => {
    const both = rootFingerprints(pem("root") + pem("otherRoot"));
    assert.deepEqual(both, [...rootFingerprints(pem("root")), ...rootFingerprints(pem("otherRoot"))].sort());
    assert.equal(both.length, 2);
    assert.deepEqual(rootFingerprints("no certificate"), []);
  });
});

describe("readKubeconfig", () => {
  it("reads YAML and JSON of this kind, and nothing else", () => {
    assert.deepEqual(readKubeconfig("kind: Config\nusers: []\n"), { kind: "Config", users: [] });
    assert.deepEqual(readKubeconfig('{"kind":"Config"}'), { kind: "Config" });
    for (const text of ["", "./kubeconfig", "kind: Secret", "{ kind: Config"]) {
      assert.equal(readKubeconfig(text), undefined, text);
    }
  });
});

describe("peerFactsOf", () => {
  const facts = (extension: object) =>
    peerFactsOf({ kind: "Config", extensions: [{ name: "other" }, { name: "istio-eks", extension }] });

  it("takes no description with a part missing or of another type", () => {
    assert.deepEqual(facts({ ...west, roots: ["a"] }), { membership: west, roots: ["a"] });
    assert.equal(facts(west), undefined);
    assert.equal(facts({ ...west, roots: "a" }), undefined);
    assert.equal(facts({ ...west, roots: [], network: 1 }), undefined);
    assert.equal(peerFactsOf({ kind: "Config", extensions: {} }), undefined);
  });
});

describe("currentAccess", () => {
  it("follows the current context, and finds nothing without one", () => {
    const users = [
      { name: "a", user: { token: "1" } },
      { name: "b", user: { token: "2" } },
    ];
    const clusters = [{ name: "c", cluster: { server: "https://c" } }];
    const contexts = [{ name: "second", context: { cluster: "c", user: "b" } }];
    assert.deepEqual(currentAccess({ users, clusters, contexts, "current-context": "second" }), {
      user: { token: "2" },
      cluster: { server: "https://c" },
    });
    assert.deepEqual(currentAccess({ users, clusters, contexts }), { user: undefined, cluster: undefined });
  });
});
