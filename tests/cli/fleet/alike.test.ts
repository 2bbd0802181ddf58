import assert from "node:assert/strict";
import { alike, differencesOf } from "../../../cli/fleet/alike";
import { type FleetCluster, readFleet } from "../../../cli/fleet/fleet-file";
import type { PlannedCluster } from "../../../cli/fleet/planned-cluster";

const [cluster] = readFleet("clusters: { a: {} }", "fleet.yaml").rings.flatMap(({ clusters }) => clusters);
const mesh = { title: "ambient", resources: 3, kinds: { Service: 1 }, loadBalancers: [] };

/** A cluster that differs from the defaults in these members. */
const planned = (name: string, members: object, rest: Partial<PlannedCluster> = {}): PlannedCluster => ({
  cluster: {
    ...(cluster as FleetCluster),
    name,
    differences: Object.entries(members).map(([path, is]: [string, unknown]) => ({
      ...{ path, is, was: undefined, reordered: false },
    })),
  },
  ...{ problems: [], warnings: [], mesh, ...rest },
});
const namesOf = (clusters: readonly PlannedCluster[], all = false) =>
  alike(clusters, all).map((group) => group.clusters.map((one) => one.cluster.name));

describe("Clusters of a fleet", () => {
  it("are alike if they differ in the same members, whatever the values and their order", () => {
    const clusters = [planned("a", { x: 1, y: 1 }), planned("b", { y: 2, x: 2 }), planned("c", { x: 1 })];
    assert.deepEqual(namesOf(clusters), [["a", "b"], ["c"]]);
    assert.deepEqual(namesOf(clusters, true), [["a"], ["b"], ["c"]]);
  });

  it("are not alike if their meshes or problems differ", () => {
    const problem = { path: "mode", given: "1", allowed: "", suggestion: "" };
    const clusters = [
      planned("a", {}),
      planned("b", {}, { mesh: { ...mesh, resources: 4 } }),
      planned("c", {}, { problems: [problem], mesh: undefined }),
      planned("d", {}, { problems: [{ ...problem, given: "2" }], mesh: undefined }),
    ];
    assert.equal(namesOf(clusters).length, 4);
  });

  it("have each value of a member with those that have it", () => {
    const [group] = alike(
      ["1", "2", "1"].map((value, index) => planned(`c${index}`, { "istio-mesh:mesh.mode": value, "aws:region": "r" })),
      false,
    );
    assert.ok(group !== undefined);
    assert.deepEqual(differencesOf(group), [
      {
        ...{ path: "mode", was: undefined },
        values: [
          { is: "1", clusters: ["c0", "c2"] },
          { is: "2", clusters: ["c1"] },
        ],
      },
      { path: "aws:region", was: undefined, values: [{ is: "r", clusters: ["c0", "c1", "c2"] }] },
    ]);
  });
});
