import assert from "node:assert/strict";
import type { MultiClusterArgs } from "../../components";
import { checkPeering, type PeeredMesh, planPeering } from "../../components/multi-cluster/peering-plan";
import { givenAuthority, pem } from "../support/certificates";
import { onlyProblem, placesOf, settingsOf } from "../support/settings";

const mesh = (name: string, changes: Partial<MultiClusterArgs> = {}): PeeredMesh => ({
  name,
  settings: settingsOf({
    cluster: { name: `cluster-${name}` },
    security: { certificateAuthority: givenAuthority },
    multiCluster: { meshId: "production", eastWest: { allowedCidrs: ["10.0.0.0/8"] }, ...changes },
  }),
});
/** A mesh with another root certificate, or one that is known later. */
function rooted(name: string, root: string | Promise<string>): PeeredMesh {
  const { settings } = mesh(name);
  assert.ok(settings?.multiCluster !== undefined);
  return { name, settings: { ...settings, multiCluster: { ...settings.multiCluster, root } } };
}
const [east, west] = [mesh("east"), mesh("west")];
const plain: PeeredMesh = { name: "plain", settings: settingsOf() };
const places = (...meshes: readonly PeeredMesh[]) => placesOf({ problems: checkPeering(meshes) });

describe("checkPeering", () => {
  it("accepts meshes that can be one", () => {
    assert.deepEqual(checkPeering([east, west, mesh("north")]), []);
  });

  it("wants two meshes", () => {
    assert.equal(onlyProblem({ problems: checkPeering([east]) }).given, '["east"]');
    assert.deepEqual(places(), ["meshes"]);
  });

  it("reports meshes without multiCluster and values that are no mesh, and then nothing else", () => {
    const other = { name: "other.one", settings: undefined };
    assert.deepEqual(places(plain, other), ["meshes.plain", 'meshes["other.one"]']);
    const { given } = onlyProblem({ problems: checkPeering([mesh("a", { meshId: "x" }), mesh("b"), plain]) });
    assert.equal(given, '"a mesh without multiCluster"');
  });

  it("reports each pair in both directions, at the peer", () => {
    assert.deepEqual(places(east, mesh("west", { meshId: "test" })), ["meshes.west", "meshes.east"]);
    assert.deepEqual(places(east, mesh("west", { clusterName: "cluster-east" })), ["meshes.west", "meshes.east"]);
  });

  it("reports a peer that the reader already has, in that direction only", () => {
    const peers = { "cluster-west": { kubeconfig: Promise.resolve("later") } };
    const { path, allowed } = onlyProblem({ problems: checkPeering([mesh("east", { peers }), west]) });
    assert.equal(path, "meshes.west");
    assert.equal(allowed, 'clusters that are not in multiCluster.peers of "east"');
  });

  it("compares roots that are known, and leaves those that are known later to the deployment", () => {
    assert.deepEqual(places(east, rooted("west", pem("otherRoot"))), ["meshes.west", "meshes.east"]);
    assert.deepEqual(places(east, rooted("west", Promise.resolve(pem("otherRoot")))), []);
  });
});

describe("planPeering", () => {
  const kubeconfigs = { east: "[secret]", west: Promise.resolve("later") };

  it("plans one Secret for each direction, in the reader's cluster and about its peer", () => {
    const secrets = planPeering([east, west], kubeconfigs);
    assert.deepEqual(
      secrets.map(({ reader, plan }) => [reader, plan.name, plan.peer, plan.secretName, plan.namespace]),
      [
        ["east", "remote-secret-east/west", "cluster-west", "istio-remote-secret-cluster-west", "istio-system"],
        ["west", "remote-secret-west/east", "cluster-east", "istio-remote-secret-cluster-east", "istio-system"],
      ],
    );
    assert.deepEqual(
      secrets.map(({ plan }) => plan.kubeconfig),
      [kubeconfigs.west, kubeconfigs.east],
    );
  });

  it("plans every pair of three", () => {
    const all = planPeering([east, west, mesh("north")], { ...kubeconfigs, north: "[secret]" });
    assert.equal(new Set(all.map(({ plan }) => plan.name)).size, 6);
  });

  it("leaves out meshes without multiCluster, and peers without a kubeconfig", () => {
    assert.deepEqual(planPeering([east, plain], { ...kubeconfigs, plain: "x" }), []);
    const secrets = planPeering([east, west], { west: "[secret]" });
    assert.deepEqual(
      secrets.map(({ plan }) => plan.name),
      ["remote-secret-east/west"],
    );
  });
});

describe("Meshes of ambient mode", () => {
  const ambient = (name: string, namespace?: string): PeeredMesh => ({
    name,
    settings: settingsOf({
      mode: "ambient",
      cluster: { name: `cluster-${name}` },
      security: { certificateAuthority: givenAuthority },
      multiCluster: {
        meshId: "production",
        eastWest: { allowedCidrs: ["10.0.0.0/8"], ...(namespace === undefined ? {} : { gateway: { namespace } }) },
      },
    }),
  });

  it("know the gateway of each other too", () => {
    assert.deepEqual(places(ambient("east"), ambient("west")), []);
    const planned = planPeering([ambient("east"), ambient("west")], { east: "a", west: "b" });
    assert.deepEqual(
      planned.map(({ reader, gateway }) => [reader, gateway?.name, gateway?.kubeconfig, gateway?.objectName]),
      [
        ["east", "remote-gateway-east/west", "b", "istio-remote-gateway-cluster-west"],
        ["west", "remote-gateway-west/east", "a", "istio-remote-gateway-cluster-east"],
      ],
    );
    assert.deepEqual(
      planPeering([east, west], { east: "a", west: "b" }).map(({ gateway }) => gateway),
      [undefined, undefined],
    );
  });

  it("have their gateways in namespaces of one name, and are no mesh with sidecars", () => {
    assert.deepEqual(places(ambient("east"), ambient("west", "edge")), ["meshes.west", "meshes.east"]);
    assert.deepEqual(places(ambient("east"), west), ["meshes.west", "meshes.east"]);
  });
});
