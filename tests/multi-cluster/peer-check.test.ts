import assert from "node:assert/strict";
import { checkMembership, checkPeer } from "../../components/multi-cluster/peer-check";
import {
  kubeconfigText,
  peerFactsOf,
  readKubeconfig,
  rootFingerprints,
} from "../../components/multi-cluster/peer-kubeconfig";
import { planRemoteSecret } from "../../components/multi-cluster/remote-secret-plan";
import type { KnownVpc, MeshMembership } from "../../components/plan/multi-cluster";
import { pem } from "../support/certificates";
import { placesOf } from "../support/settings";

const east: MeshMembership = {
  meshId: "production",
  clusterName: "east",
  network: "east",
  trustDomain: "cluster.local",
  trustDomainAliases: [],
  hasGateway: true,
  mode: "sidecar",
};
const west: MeshMembership = { ...east, clusterName: "west", network: "west" };
const access = (root: string) => ({ endpoint: "https://west", certificateAuthority: "Y2E=", token: "t", root });

describe("A peer", () => {
  it("is described by its own kubeconfig, which says the same of it when it is read", () => {
    const text = kubeconfigText(west, access(pem("root") + pem("otherRoot")));
    const facts = peerFactsOf(readKubeconfig(text));
    assert.deepEqual(facts?.membership, west);
    assert.deepEqual(facts?.roots, rootFingerprints(pem("otherRoot") + pem("root")));
    assert.equal(facts?.roots.length, 2);
    assert.equal(
      peerFactsOf(readKubeconfig(JSON.stringify({ kind: "Config", extensions: [{ name: "istio-eks" }] }))),
      undefined,
    );
  });

  it("has the fingerprint that openssl prints, however the lines of the certificate are laid out", () => {
    const [print] = rootFingerprints(pem("root"));
    assert.match(String(print), /^[0-9a-f]{64}$/);
    assert.deepEqual(rootFingerprints(pem("root").replaceAll("\n", "\r\n")), [print]);
    assert.notDeepEqual(rootFingerprints(pem("otherRoot")), [print]);
  });

  it("is refused if no root is common to both, and accepted while both trust two", () => {
    const problems = (theirs: string, own: string) => {
      const reader = { membership: east, roots: rootFingerprints(own) };
      return checkPeer({ name: "west", path: "peers.west" }, kubeconfigText(west, access(theirs)), reader);
    };
    const [foreign] = problems(pem("otherRoot"), pem("root"));
    assert.equal(foreign?.given, '"another root certificate"');
    assert.deepEqual(problems(pem("otherRoot") + pem("root"), pem("root")), []);
    assert.deepEqual(problems("", pem("root")), [], "a root that is not known cannot be compared");
    assert.deepEqual(problems(pem("root"), ""), []);
  });

  it("is on the network of the reader, or both have gateways", () => {
    const places = (own: MeshMembership, theirs: MeshMembership) =>
      placesOf({
        problems: checkMembership(
          { name: "west", path: "p", membership: theirs, roots: [] },
          { membership: own, roots: [] },
        ),
      });
    assert.deepEqual(places(east, west), []);
    assert.deepEqual(places({ ...east, hasGateway: false }, west), ["p"]);
    assert.deepEqual(places(east, { ...west, hasGateway: false }), ["p"]);
    assert.deepEqual(places({ ...east, hasGateway: false }, { ...west, network: "east", hasGateway: false }), []);
    assert.deepEqual(places({ ...east, trustDomainAliases: ["w"] }, { ...west, trustDomain: "w" }), []);
  });

  it("of the same network is in the same VPC, or in one without a range in common", () => {
    const own = { id: "vpc-1", ranges: ["10.0.0.0/16", "100.64.0.0/16"] };
    const given = (vpc: KnownVpc | undefined, network = "east") =>
      checkMembership(
        { name: "west", path: "p", membership: { ...west, network }, roots: [], vpc },
        { membership: east, roots: [], vpc: own },
      ).map((one) => one.given);
    assert.deepEqual(given({ id: "vpc-2", ranges: ["10.1.0.0/16", "10.0.128.0/20", "100.64.0.0/16"] }), [
      '"ranges that overlap: 10.0.128.0/20 and 10.0.0.0/16, 100.64.0.0/16"',
    ]);
    assert.deepEqual(given({ id: "vpc-2", ranges: ["10.1.0.0/16", "100.65.0.0/16"] }), []);
    assert.deepEqual(given({ id: "vpc-1", ranges: own.ranges }), [], "one VPC has each address once");
    assert.deepEqual(given({ id: "vpc-2", ranges: own.ranges }, "west"), [], "a gateway translates");
    assert.deepEqual(given(undefined), [], "releases before this one do not describe it");
  });

  it("whose kubeconfig becomes known later is compared then, before the Secret is created", () => {
    const context = {
      name: "remote-secret-west",
      namespace: "istio-system",
      after: [],
      membership: east,
      root: "",
      vpc: undefined,
      gatewayNamespace: undefined,
    };
    const { contentOf } = planRemoteSecret({ name: "west", kubeconfig: "later" }, context);
    const right = kubeconfigText(west, access(""));
    assert.equal(contentOf({ kubeconfig: right, root: "" }), right);
    assert.equal(contentOf({ kubeconfig: "[secret]", root: "" }), "[secret]");
    const wrong = kubeconfigText({ ...west, meshId: "test" }, access(""));
    assert.throws(
      () => contentOf({ kubeconfig: wrong, root: "" }),
      /1 problem in multiCluster[\s\S]*peers\.west[\s\S]*meshId test/,
    );
  });

  it("may be described in YAML, and by a tool that says nothing of meshes", () => {
    const yaml = "kind: Config\ncurrent-context: a\ncontexts: [{name: a, context: {cluster: b, user: c}}]\n";
    const rest = "clusters: [{name: b, cluster: {server: https://b}}]\nusers: [{name: c, user: {token: t}}]\n";
    const reader = { membership: east, roots: [] };
    assert.deepEqual(checkPeer({ name: "west", path: "p" }, yaml + rest, reader), []);
    assert.deepEqual(placesOf({ problems: checkPeer({ name: "west", path: "p" }, yaml, reader) }), ["p.kubeconfig"]);
  });
});

describe("A peer of ambient mode", () => {
  const gateway = { address: "west.elb.amazonaws.com", namespace: "istio-eastwest" };
  const [ambientEast, ambientWest] = [east, west].map((one) => ({ ...one, mode: "ambient" as const }));
  assert.ok(ambientEast && ambientWest);
  const reader = { membership: ambientEast, roots: [], gatewayNamespace: "istio-eastwest" };
  const textOf = (membership: MeshMembership, changes: object = {}) =>
    kubeconfigText(membership, { ...access(""), gateway, ...changes });
  const found = (membership: MeshMembership, changes: object = {}) =>
    checkPeer({ name: "west", path: "p" }, textOf(membership, changes), reader);

  it("is one on another network, with a gateway in the namespace of the same name", () => {
    assert.deepEqual(found(ambientWest), []);
    const [shared, ...more] = found({ ...ambientWest, network: "east" });
    assert.deepEqual(more, []);
    assert.match(String(shared?.allowed), /^another network than that of this cluster/);
    const [elsewhere, ...others] = found(ambientWest, { gateway: { ...gateway, namespace: "edge" } });
    assert.deepEqual(others, []);
    assert.equal(elsewhere?.given, '"an east-west gateway in the namespace edge"');
    assert.match(elsewhere.allowed, /^"istio-eastwest"/);
  });

  it("has the same trust domain: ztunnel knows no alias", () => {
    const other = { ...ambientWest, trustDomain: "west.example.com" };
    const withAlias = { ...reader, membership: { ...ambientEast, trustDomainAliases: ["west.example.com"] } };
    const [alias, ...more] = checkPeer({ name: "west", path: "p" }, textOf(other), withAlias);
    assert.deepEqual([alias?.given, more], ['"trust domain west.example.com"', []]);
    assert.match(alias?.allowed || "", /ztunnel knows no trustDomainAliases/);
    assert.equal(alias?.suggestion, "write the same security.trustDomain in both");
  });

  it("is none with sidecars, in either direction", () => {
    const [mixed, ...more] = found(west);
    assert.deepEqual([mixed?.path, mixed?.given, more], ["p", '"mode sidecar"', []]);
    const ofSidecars = checkPeer({ name: "west", path: "p" }, textOf(ambientWest), { membership: east, roots: [] });
    assert.deepEqual(placesOf({ problems: ofSidecars }), ["p"]);
  });

  it("says where its gateway is: a kubeconfig of another tool does not, nor one from before the gateway was there", () => {
    const [missing, ...more] = found(ambientWest, { gateway: undefined });
    assert.deepEqual([missing?.path, more], ["p.kubeconfig", []]);
    const other = JSON.stringify({ ...(JSON.parse(textOf(ambientWest)) as object), extensions: [] });
    const places = placesOf({ problems: checkPeer({ name: "west", path: "p" }, other, reader) });
    assert.ok(places.includes("p.kubeconfig"));
    const { allowed } = checkPeer({ name: "west", path: "p" }, other, reader).at(-1) ?? {};
    assert.match(String(allowed), /^with mode ambient the output peerAccess/);
  });
});
