import assert from "node:assert/strict";
import { linksOf } from "../../../cli/peering/peering-links";
import { clusterFile, encrypted, plannedPeering } from "../../support/peerings";

describe("linksOf", () => {
  it("finds both directions of a peering, each by the gateway of the other", async () => {
    const { meshId, clusters, links } = linksOf(
      await plannedPeering({ east: clusterFile("east"), west: clusterFile("west") }),
    );
    assert.equal(meshId, "production");
    assert.deepEqual(
      clusters.map(({ name, eastWest, direct }) => [name, eastWest?.loadBalancer.scheme, eastWest?.clients, direct]),
      ["east", "west"].map((name) => [name, "internal", [{ peer: "10.0.0.0/16", ports: [15443], open: false }], []]),
    );
    assert.deepEqual(links, [
      {
        ...{ reader: "east", peer: "west", byGateway: true },
        objects: ["Secret istio-system/istio-remote-secret-production-west"],
      },
      {
        ...{ reader: "west", peer: "east", byGateway: true },
        objects: ["Secret istio-system/istio-remote-secret-production-east"],
      },
    ]);
  });

  it("finds the one direction of a hub, and the Gateway of a peer in ambient mode", async () => {
    const ambient = { mode: "ambient" };
    const plan = await plannedPeering({
      hub: clusterFile("hub", {}, ambient),
      spoke: clusterFile("spoke", { peers: { "production-hub": encrypted } }, ambient),
    });
    const [link, ...more] = linksOf(plan).links;
    assert.deepEqual(more, []);
    assert.deepEqual([link?.reader, link?.peer], ["spoke", "hub"]);
    assert.deepEqual(link?.objects, [
      "Secret istio-system/istio-remote-secret-production-hub",
      "Gateway istio-eastwest/istio-remote-gateway-production-hub",
    ]);
    const program = await plannedPeering({ a: clusterFile("a", {}, ambient), b: clusterFile("b", {}, ambient) });
    assert.deepEqual(
      linksOf(program).links.map(({ objects }) => objects.length),
      [2, 2],
    );
  });

  it("finds clusters of one network, whose nodes let the pods of the other in", async () => {
    const flat = { eastWest: undefined, network: "vpc", flatNetwork: { allowedCidrs: ["10.0.0.0/16"] } };
    const plan = await plannedPeering({ east: clusterFile("east", flat), west: clusterFile("west", flat) });
    const { clusters, links } = linksOf(plan);
    assert.deepEqual(
      clusters.map(({ eastWest, direct }) => [eastWest, direct]),
      [
        [undefined, ["10.0.0.0/16"]],
        [undefined, ["10.0.0.0/16"]],
      ],
    );
    assert.deepEqual(
      links.map(({ byGateway }) => byGateway),
      [false, false],
    );
  });
});
