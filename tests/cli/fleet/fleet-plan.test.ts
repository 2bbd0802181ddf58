import assert from "node:assert/strict";
import { defaultIstioVersion } from "../../../components/control-plane/charts/versions";
import { plannedFleet, wholeFleet } from "../../support/fleets";

describe("The plan of a fleet", () => {
  it("says of each cluster what it has", async () => {
    const { rings } = await wholeFleet();
    const titles = rings.flatMap(({ clusters }) => clusters.map(({ cluster, mesh }) => [cluster.name, mesh?.title]));
    assert.deepEqual(titles, [
      ["canary-1", "ambient, Istio 1.30.4"],
      ["eu-1", `ambient, Istio ${defaultIstioVersion}`],
      ["eu-2", `ambient, Istio ${defaultIstioVersion}`],
      ["us-1", `ambient, Istio ${defaultIstioVersion}`],
    ]);
    const us = rings.flatMap(({ clusters }) => clusters).find(({ cluster }) => cluster.name === "us-1")?.mesh;
    assert.deepEqual(us?.loadBalancers, ["internal ALB on 80"]);
    assert.ok(Number(us?.kinds["Helm release"]) >= 4);
    const total = Object.values(us?.kinds ?? {}).reduce((sum, count) => sum + count, 0);
    assert.equal(total, us?.resources);
  });

  it("puts clusters of a ring together that are alike, and compares the first with the defaults", async () => {
    const { rings, defaultsProblem } = await wholeFleet();
    assert.equal(defaultsProblem, undefined);
    const [canary, production] = rings.map(({ groups }) => groups);
    assert.deepEqual(
      production?.map(({ clusters }) => clusters.map(({ cluster }) => cluster.name)),
      [["eu-1", "eu-2"], ["us-1"]],
    );
    assert.equal(production?.[0]?.changes?.created.length, 0);
    assert.ok(production?.[1]?.changes?.created.some(({ type }) => type.endsWith(":Ingress")));
    const updated = canary?.[0]?.changes?.updated.map(({ resource }) => resource.name) ?? [];
    assert.ok(updated.includes("mesh-istiod"), updated.join(", "));
  });

  it("plans what it can, and has the problems of other clusters with their lines", async () => {
    const text =
      "defaults:\n  config:\n    istio-mesh:mesh: { mode: ambient }\n" +
      "clusters:\n  a: {}\n  b:\n    config:\n      istio-mesh:mesh: { mod: x }\n      istio-mesh:mode: x\n";
    const { rings } = await plannedFleet(text);
    const [a, b] = rings.flatMap(({ clusters }) => clusters);
    assert.deepEqual([a?.problems.length, a?.mesh?.title], [0, `ambient, Istio ${defaultIstioVersion}`]);
    assert.equal(b?.mesh, undefined);
    assert.deepEqual(b?.problems.map(({ path }) => path).sort(), [
      "istio-mesh:mode (fleet.yaml:9)",
      "mod (fleet.yaml:8)",
    ]);
    assert.equal(rings[0]?.groups[1]?.changes, undefined);
  });

  it("compares nothing where the defaults are no whole mesh, and says which member is missing", async () => {
    const { defaultsProblem, rings } = await plannedFleet(
      'clusters: { a: { config: { "istio-mesh:mesh": { mode: ambient } } } }',
      { region: "eu-west-1" },
    );
    assert.equal(defaultsProblem, "mode");
    assert.equal(rings[0]?.groups[0]?.changes, undefined);
    assert.ok(rings[0]?.groups[0]?.first.mesh !== undefined);
  });

  it("leaves stack traces as they were, also where a cluster cannot be planned", async () => {
    const before = Error.stackTraceLimit;
    await wholeFleet();
    assert.equal(Error.stackTraceLimit, before);
  });
});
