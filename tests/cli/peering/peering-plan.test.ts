import assert from "node:assert/strict";
import { stringify } from "yaml";
import { stackName } from "../../../cli/peering/peering-plan";
import { clusterFile, encrypted, plannedPeering } from "../../support/peerings";

const namesOf = (all: readonly { readonly name: string }[]) => all.map(({ name }) => name);

describe("stackName", () => {
  it("is that of a file of Pulumi's, or of any other", () => {
    assert.equal(stackName("a/Pulumi.east.yaml"), "east");
    assert.equal(stackName("west.yml"), "west");
  });
});

describe("planPeering", () => {
  it("plans a program with a MeshPeering where no stack file names another one", async () => {
    const { clusters, peering } = await plannedPeering({ east: clusterFile("east"), west: clusterFile("west") });
    assert.deepEqual(namesOf(clusters), ["east", "west"]);
    assert.deepEqual(namesOf(peering), ["peering-remote-secret-east/west", "peering-remote-secret-west/east"]);
    for (const { name, plan } of clusters) {
      assert.ok(plan.resources.length > 10);
      assert.deepEqual(
        plan.resources.filter((one) => one.name !== name && !one.name.startsWith(`${name}-`)),
        [],
      );
    }
  });

  it("plans stacks that name each other as they are deployed, each with Secrets of its own", async () => {
    const { clusters, peering } = await plannedPeering({
      east: clusterFile("east", { peers: { "production-west": encrypted } }),
      west: clusterFile("west", { peers: { "production-east": encrypted } }),
    });
    assert.deepEqual(peering, []);
    const secrets = clusters.map(({ plan }) =>
      namesOf(plan.resources).filter((name) => name.includes("remote-secret")),
    );
    assert.deepEqual(secrets, [["mesh-remote-secret-production-west"], ["mesh-remote-secret-production-east"]]);
  });

  it("refuses clusters that cannot be one mesh, as a peering does", async () => {
    const other = clusterFile("west", { meshId: "test" });
    await assert.rejects(plannedPeering({ east: clusterFile("east"), west: other }), /meshId test/);
    const same = { east: clusterFile("east"), west: clusterFile("east") };
    await assert.rejects(plannedPeering(same), /another name than that of "east"/);
    const ambient = clusterFile("west", {}, { mode: "ambient" });
    await assert.rejects(plannedPeering({ east: clusterFile("east"), west: ambient }), /mode ambient/);
    const stacks = {
      east: clusterFile("east", { peers: { "production-west": encrypted } }),
      west: clusterFile("west", { meshId: "test" }),
    };
    await assert.rejects(plannedPeering(stacks), /2 problems in the clusters of one mesh[\s\S]*meshId test/);
    const alone = stringify({ config: { "istio-mesh:mesh": { mode: "sidecar", cluster: { name: "alone" } } } });
    await assert.rejects(plannedPeering({ ...stacks, alone }), /meshes\.alone[\s\S]*add multiCluster/);
  });

  it("reports problems of a stack file as the plan of that file alone does", async () => {
    const wrong = clusterFile("west", { eastWest: {} });
    await assert.rejects(
      plannedPeering({ east: clusterFile("east"), west: wrong }),
      /mesh "west"[\s\S]*Pulumi\.west\.yaml:/,
    );
  });

  it("refuses a stack that no other one reads and that reads none", async () => {
    const stacks = {
      east: clusterFile("east", { peers: { "production-west": encrypted } }),
      west: clusterFile("west"),
      north: clusterFile("north", { peers: { elsewhere: encrypted } }),
    };
    await assert.rejects(plannedPeering(stacks), (error: Error) => {
      assert.match(error.message, /1 problem in the clusters of one mesh[\s\S]*multiCluster\.peers of "north"/);
      return true;
    });
  });
});
