import assert from "node:assert/strict";
import { fleetJson } from "../../../cli/fleet/fleet-json";
import { plannedFleet, wholeFleet } from "../../support/fleets";
import { memberAt } from "../../../cli/members";

describe("A fleet as JSON", () => {
  it("has each cluster with its configuration, differences and summary, in the order of the file", async () => {
    const fleet: unknown = JSON.parse(fleetJson(await wholeFleet()));
    assert.equal(memberAt(fleet, "rings", "1", "clusters", "2", "name"), "us-1");
    assert.equal(memberAt(fleet, "rings", "1", "clusters", "2", "config", "aws:region"), "us-east-1");
    assert.deepEqual(memberAt(fleet, "rings", "0", "clusters", "0", "differences", "0"), {
      ...{ path: "istio-mesh:mesh.istio", defaults: null, cluster: { version: "1.30.4" } },
    });
    assert.equal(memberAt(fleet, "rings", "0", "clusters", "0", "mesh", "title"), "ambient, Istio 1.30.4");
  });

  it("has null for the mesh of a cluster with problems, and null for what is gone", async () => {
    const planned = await plannedFleet(
      'defaults: { config: { "istio-mesh:mesh": { mode: fast } } }\nclusters: { a: { config: { "istio-mesh:mesh": text } } }',
    );
    const cluster = memberAt(JSON.parse(fleetJson(planned)) as unknown, "rings", "0", "clusters", "0");
    assert.equal(memberAt(cluster, "mesh"), null);
    assert.ok(memberAt(cluster, "problems", "0", "allowed") !== undefined);
  });

  it("has null for the entries of a list that is shorter than that of the defaults", async () => {
    const differences = memberAt(
      JSON.parse(fleetJson(await wholeFleet())) as unknown,
      ...["rings", "1", "clusters", "2", "differences"],
    ) as readonly { readonly path: string; readonly cluster: unknown }[];
    assert.equal(differences.find(({ path }) => path.endsWith("allowedCidrs.1"))?.cluster, null);
  });
});
