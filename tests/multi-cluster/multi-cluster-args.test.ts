import assert from "node:assert/strict";
import { checkShape } from "../../components/inputs/shape";
import { multiClusterShape } from "../../components/multi-cluster/multi-cluster-args";

const placesOf = (args: object) =>
  checkShape(multiClusterShape, { meshId: "production", ...args }).problems.map(({ path }) => path);

describe("multiClusterShape", () => {
  it("wants the name of the mesh, and nothing else", () => {
    assert.deepEqual(placesOf({}), []);
    assert.deepEqual(
      checkShape(multiClusterShape, {}).problems.map(({ path, given }) => [path, given]),
      [["meshId", "nothing"]],
    );
  });

  it("takes every member", () => {
    const allowed = { allowedCidrs: ["10.1.0.0/16"], allowedSecurityGroupIds: ["sg-0123456789abcdef0"] };
    const eastWest = {
      ...allowed,
      scheme: "internet-facing",
      subnetIds: ["subnet-0123456789abcdef0"],
      eipAllocationIds: ["eipalloc-0123456789abcdef0"],
      gateway: { minReplicas: 3 },
    };
    const rest = { clusterName: "East_1", network: "vpc.main", tokenGeneration: 1_000_000 };
    const peers = { west: { kubeconfig: Promise.resolve("later") } };
    assert.deepEqual(placesOf({ ...rest, eastWest, flatNetwork: allowed, peers }), []);
  });

  it("checks each range and id at its own place", () => {
    const allowed = { allowedCidrs: ["10.1.0.0/16", "10.1.0.0"], allowedSecurityGroupIds: ["nodes"] };
    const ids = { subnetIds: ["public-a"], eipAllocationIds: ["203.0.113.7"] };
    assert.deepEqual(placesOf({ eastWest: { ...allowed, ...ids }, flatNetwork: allowed }), [
      "eastWest.allowedCidrs[1]",
      "eastWest.allowedSecurityGroupIds[0]",
      "eastWest.subnetIds[0]",
      "eastWest.eipAllocationIds[0]",
      "flatNetwork.allowedCidrs[1]",
      "flatNetwork.allowedSecurityGroupIds[0]",
    ]);
  });

  it("refuses names that Kubernetes or EKS would refuse", () => {
    assert.deepEqual(placesOf({ meshId: "My Mesh", clusterName: "-east", network: "vpc/main" }), [
      "meshId",
      "clusterName",
      "network",
    ]);
  });

  it("counts tokens from 1", () => {
    for (const tokenGeneration of [0, 1.5, 1_000_001])
      assert.deepEqual(placesOf({ tokenGeneration }), ["tokenGeneration"]);
    assert.deepEqual(placesOf({ tokenGeneration: 2 }), []);
  });

  it("wants the kubeconfig of a peer, and shows none", () => {
    assert.deepEqual(placesOf({ peers: { west: {} } }), ["peers.west.kubeconfig"]);
    const [found] = checkShape(multiClusterShape, { meshId: "m", peers: { west: { kubeconfig: 1 } } }).problems;
    assert.deepEqual([found?.path, found?.given], ["peers.west.kubeconfig", "[secret]"]);
  });

  it("refuses a scheme that AWS does not have, and finds the member behind a typing error", () => {
    assert.deepEqual(placesOf({ eastWest: { scheme: "public" } }), ["eastWest.scheme"]);
    const [found] = checkShape(multiClusterShape, { meshId: "m", eastwest: {} }).problems;
    assert.deepEqual([found?.path, found?.suggestion], ["eastwest", 'did you mean "eastWest"?']);
  });
});
