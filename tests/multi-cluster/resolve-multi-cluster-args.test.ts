import assert from "node:assert/strict";
import type { IstioMeshArgs, MultiClusterArgs } from "../../components";
import {
  type MultiClusterContext,
  resolveMultiCluster,
} from "../../components/multi-cluster/resolve-multi-cluster-args";
import { kubeconfigText } from "../../components/multi-cluster/peer-kubeconfig";
import { smallest } from "../support/args";
import { givenAuthority, pem } from "../support/certificates";
import { clusterSettings, controlPlane, onlyProblem, placesOf, security, unrevisioned } from "../support/settings";

type Changes = Partial<MultiClusterContext>;

const authority = (root: string | Promise<string>) =>
  security({ certificateAuthority: { kind: "given", secretName: "cacerts", texts: { ...givenAuthority, root } } });

function resolve(block: Partial<MultiClusterArgs>, changes: Changes = {}, args: Partial<IstioMeshArgs> = {}) {
  const context: MultiClusterContext = {
    ...{ cluster: clusterSettings(), controlPlane: controlPlane(), security: authority(pem("root")), gateways: [] },
    controller: "aws-load-balancer-controller",
    ...changes,
  };
  const multiCluster = { meshId: "production", network: "vpc", ...block };
  return resolveMultiCluster({ ...smallest, ...args, multiCluster }, context);
}
const places = (...args: Parameters<typeof resolve>) => placesOf(resolve(...args));
const eastWest = { allowedCidrs: ["10.1.0.0/16"] };

describe("resolveMultiCluster", () => {
  it("fills in the names, and what the kubeconfig for peers describes", () => {
    const { settings, problems, warnings } = resolve({});
    assert.deepEqual([problems, warnings], [[], []]);
    assert.deepEqual(settings?.membership, {
      ...{ meshId: "production", clusterName: "prod", network: "vpc" },
      ...{ trustDomain: "cluster.local", trustDomainAliases: [], hasGateway: false, mode: "sidecar" },
    });
    const { root, tokenGeneration, flatNetwork, peers, clusterLocal } = settings;
    assert.equal(root, pem("root"));
    assert.equal(tokenGeneration, 1);
    assert.equal(settings.eastWest, undefined);
    assert.deepEqual([flatNetwork, peers, clusterLocal], [[], [], []]);
  });

  it("takes what is written", () => {
    const peers = { west: { kubeconfig: Promise.resolve("later") } };
    const block = { clusterName: "east", tokenGeneration: 4, eastWest, flatNetwork: eastWest, peers };
    const { settings, problems } = resolve(block, {}, { namespaces: { shop: { global: false } } });
    assert.deepEqual(problems, []);
    assert.equal(settings?.membership.clusterName, "east");
    assert.equal(settings.membership.hasGateway, true);
    assert.equal(settings.eastWest?.gateway.network, "vpc");
    assert.equal(settings.tokenGeneration, 4);
    assert.deepEqual(settings.flatNetwork, [{ kind: "ipv4", cidr: "10.1.0.0/16" }]);
    assert.deepEqual(settings.peers, [{ name: "west", kubeconfig: peers.west.kubeconfig }]);
    assert.deepEqual(settings.clusterLocal, ["shop"]);
  });

  it("without the block refuses namespaces that are global or not", () => {
    const context: MultiClusterContext = {
      ...{ cluster: clusterSettings(), controlPlane: controlPlane(), security: security(), gateways: [] },
      controller: "aws-load-balancer-controller",
    };
    const { settings, problems } = resolveMultiCluster(
      { ...smallest, namespaces: { shop: { global: true }, web: {} } },
      context,
    );
    assert.deepEqual([settings, placesOf({ problems })], [undefined, ["namespaces.shop.global"]]);
  });
});

describe("The names of a cluster in the mesh", () => {
  it("must be written where the name of the EKS cluster becomes known later", () => {
    const name = Promise.resolve("prod");
    const later = { cluster: clusterSettings({ source: { kind: "named", name } }) };
    const { settings, problems } = resolve({}, later, { cluster: { name } });
    assert.deepEqual(placesOf({ problems }), ["multiCluster.clusterName"]);
    assert.equal(settings?.membership.clusterName, "");
    assert.deepEqual(places({ clusterName: "east" }, later, { cluster: { name } }), []);
  });

  it("stand for the network where none is written, which then needs a gateway", () => {
    const args = { ...smallest, multiCluster: { meshId: "production", eastWest } };
    const context: MultiClusterContext = {
      ...{ cluster: clusterSettings(), controlPlane: controlPlane(), security: authority(""), gateways: [] },
      controller: "aws-load-balancer-controller",
    };
    const { settings, problems } = resolveMultiCluster(args, context);
    assert.deepEqual([settings?.membership.network, problems], ["prod", []]);
    const alone = { ...smallest, multiCluster: { meshId: "production", flatNetwork: eastWest } };
    assert.deepEqual(placesOf(resolveMultiCluster(alone, context)), ["multiCluster", "multiCluster.flatNetwork"]);
  });

  it("are those of no peer", () => {
    const peers = { prod: { kubeconfig: Promise.resolve("later") }, west: { kubeconfig: Promise.resolve("later") } };
    assert.deepEqual(places({ peers }), ["multiCluster.peers.prod"]);
  });
});

describe("The trust of a cluster", () => {
  it("has the aliases that istiod gets: those of the chart values replace the others", () => {
    const aliases = (changes: Parameters<typeof controlPlane>[0]) =>
      resolve({}, { controlPlane: controlPlane(changes) }).settings?.membership.trustDomainAliases;
    const values = { ...controlPlane().values, istiod: { meshConfig: { trustDomainAliases: ["b", 1] } } };
    assert.deepEqual(aliases({ meshConfig: { trustDomainAliases: ["a"] } }), ["a"]);
    assert.deepEqual(aliases({ meshConfig: { trustDomainAliases: ["a"] }, values }), ["b"]);
    assert.deepEqual(aliases({ meshConfig: { trustDomainAliases: "a" } }), []);
  });

  it("comes from an authority of the block, or from elsewhere", () => {
    const from = (global: Readonly<Record<string, unknown>>) => {
      const values = { ...controlPlane().values, istiod: { global } };
      return places({}, { security: security(), controlPlane: controlPlane({ values }) });
    };
    assert.deepEqual(from({}), ["multiCluster"]);
    assert.deepEqual(from({ caAddress: "" }), ["multiCluster"]);
    assert.deepEqual(from({ caAddress: "cert-manager-istio-csr.cert-manager.svc:443" }), []);
    const istiod = { pilot: { global: { caAddress: "csr:443" } } };
    const values = { ...controlPlane().values, istiod };
    assert.deepEqual(places({}, { security: security(), controlPlane: controlPlane({ values }) }), []);
  });

  it("has a root that is known only where the user gives its text", () => {
    const existing = security({ certificateAuthority: { kind: "existing", secretName: "cacerts" } });
    assert.equal(resolve({}, { security: existing }).settings?.root, "");
  });

  it("is compared with that of a peer while both are known", () => {
    const { settings } = resolve({}, { cluster: clusterSettings({ source: { kind: "named", name: "west" } }) });
    assert.ok(settings !== undefined);
    const known = { endpoint: "https://west", certificateAuthority: "Y2E=", token: "t", root: pem("root") };
    const peers = { west: { kubeconfig: kubeconfigText(settings.membership, known) } };
    assert.deepEqual(places({ peers }), []);
    assert.deepEqual(places({ peers }, { security: authority(pem("otherRoot")) }), ["multiCluster.peers.west"]);
    assert.deepEqual(places({ peers }, { security: authority(Promise.resolve(pem("otherRoot"))) }), []);
  });
});

describe("A cluster that cannot be part of a mesh of several", () => {
  it("is reported for its profile, and for nothing of the block", () => {
    const wrong = { flatNetwork: {} };
    assert.deepEqual(places(wrong, { controlPlane: controlPlane({ profile: "empty" }) }), ["multiCluster"]);
    assert.deepEqual(places(wrong, { controlPlane: controlPlane({ profile: "remote" }) }), ["multiCluster"]);
    const minimal = { controlPlane: controlPlane({ profile: "minimal" }) };
    assert.deepEqual(places({ eastWest }, minimal), ["multiCluster.eastWest"]);
    assert.deepEqual(places({}, minimal), []);
  });

  it("is reported for an istiod that can lose a peer, be it the canary", () => {
    const [old, least] = ["1.30.2", "1.30.3"].map((version) => ({ ...unrevisioned, version }));
    assert.ok(old && least);
    const ofVersions = (main: typeof least, canary?: typeof least) =>
      resolve({}, { controlPlane: controlPlane({ main, canary }) });
    assert.equal(onlyProblem(ofVersions(old)).path, "istio.version");
    assert.equal(onlyProblem(ofVersions(least, old)).path, "istio.canary.version");
    assert.deepEqual(ofVersions(least, least).problems, []);
  });
});

describe("A cluster of ambient mode", () => {
  const ambient = (block: Partial<MultiClusterArgs>, args: Partial<IstioMeshArgs> = {}) =>
    resolve(block, {}, { ...args, mode: "ambient" });

  it("has a gateway of which istiod creates the pods, and Services that are its own unless a namespace is global", () => {
    const { settings, problems } = ambient(
      { eastWest },
      { namespaces: { shop: { global: true }, web: { global: false } } },
    );
    assert.deepEqual(problems, []);
    assert.equal(settings?.membership.mode, "ambient");
    assert.equal(settings.eastWest?.gateway.createdBy, "istiod");
    assert.deepEqual([settings.clusterLocal, settings.globalNamespaces], [[], true]);
    assert.equal(ambient({ eastWest }, { namespaces: { shop: {} } }).settings?.globalNamespaces, false);
    assert.equal(resolve({}, {}, { namespaces: { shop: { global: true } } }).settings?.globalNamespaces, false);
  });

  it("is reported without a gateway, and with sidecars", () => {
    assert.deepEqual(placesOf(ambient({})), ["multiCluster"]);
    const namespaces = { shop: { dataplane: "sidecar" as const } };
    assert.deepEqual(placesOf(ambient({ eastWest }, { namespaces })), ["namespaces.shop.dataplane"]);
  });

  it("compares the namespace of its gateway with that of a peer that is known", () => {
    const { settings } = resolve(
      { eastWest, network: "west" },
      { cluster: clusterSettings({ source: { kind: "named", name: "west" } }) },
      { mode: "ambient" },
    );
    assert.ok(settings !== undefined);
    const known = { endpoint: "https://west", certificateAuthority: "Y2E=", token: "t", root: pem("root") };
    const peers = (namespace: string) => {
      const gateway = { address: "west.elb.amazonaws.com", namespace };
      return { west: { kubeconfig: kubeconfigText(settings.membership, { ...known, gateway }) } };
    };
    assert.deepEqual(placesOf(ambient({ eastWest, peers: peers("istio-eastwest") })), []);
    assert.deepEqual(placesOf(ambient({ eastWest, peers: peers("edge") })), ["multiCluster.peers.west"]);
  });
});

describe("The tags of a mesh", () => {
  it("do not reach the east-west load balancer of EKS Auto Mode, which is a warning", () => {
    const warnings = (block: Partial<MultiClusterArgs>, args: Partial<IstioMeshArgs>) =>
      resolve(block, { controller: "eks-auto-mode" }, args).warnings;
    assert.match(warnings({ eastWest }, { tags: { team: "a" } }).join(), /^tags: .*multiCluster\.eastWest has none/);
    assert.deepEqual(warnings({}, { tags: { team: "a" } }), []);
    assert.deepEqual(warnings({ eastWest }, {}), []);
    assert.deepEqual(resolve({ eastWest }, {}, { tags: { team: "a" } }).warnings, []);
  });
});
