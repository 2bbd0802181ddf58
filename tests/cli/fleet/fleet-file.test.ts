import assert from "node:assert/strict";
import { readFleet } from "../../../cli/fleet/fleet-file";
import { clusterOf, fleetYaml } from "../../support/fleets";

const fleet = readFleet(fleetYaml, "some/fleet.yaml");
const meshOf = (text: string) => clusterOf(readFleet(text, "fleet.yaml"), "a");

describe("A fleet file", () => {
  it("gives each cluster the defaults, with its ring's configuration and its own over them", () => {
    assert.deepEqual(clusterOf(fleet, "canary-1").config, {
      "istio-mesh:mesh": {
        cluster: { name: "canary-1" },
        mode: "ambient",
        ingress: { strategy: "nlb", scheme: "internal", allowedCidrs: ["10.0.0.0/8", "10.1.0.0/16"] },
        istio: { version: "1.30.4" },
      },
      "aws:region": "eu-central-1",
    });
    assert.deepEqual(clusterOf(fleet, "us-1").mesh, {
      cluster: { name: "prod-us" },
      mode: "ambient",
      ingress: { strategy: "alb", scheme: "internal", allowedCidrs: ["192.168.0.0/16"] },
    });
    assert.deepEqual(
      fleet.rings.map(({ name, clusters }) => [name, clusters.map((one) => one.name)]),
      [
        ["canary", ["canary-1"]],
        ["production", ["eu-1", "eu-2", "us-1"]],
      ],
    );
  });

  it("has all clusters in one ring where it names none, in the order of the file", () => {
    const text = "clusters: { 10: &ten { config: { aws:region: eu-west-1 } }, 9: *ten }";
    const { rings } = readFleet(text, "fleet.yaml");
    for (const { clusters } of rings)
      for (const { config } of clusters) assert.equal(config["aws:region"], "eu-west-1");
    assert.deepEqual(
      rings.map(({ name, clusters }) => [name, clusters.map((one) => one.name)]),
      [["all", ["10", "9"]]],
    );
  });

  it("knows in which line a member of a cluster stands: its own, its ring's or the defaults'", () => {
    const place = (cluster: string, path: string) => clusterOf(fleet, cluster).source.placeOf(path);
    assert.equal(place("canary-1", "istio.version"), "fleet.yaml:14");
    assert.equal(place("us-1", "ingress.strategy"), "fleet.yaml:28");
    assert.equal(place("us-1", "ingress.scheme"), "fleet.yaml:8");
    assert.equal(place("eu-1", "mode"), "fleet.yaml:5");
    assert.equal(place("eu-1", "version"), "fleet.yaml:19");
    assert.equal(clusterOf(fleet, "eu-2").place, "fleet.yaml:20");
  });

  it("says where a cluster differs from the defaults", () => {
    const differing = (name: string) => clusterOf(fleet, name).differences.map(({ path, was, is }) => [path, was, is]);
    assert.deepEqual(differing("eu-1"), []);
    assert.deepEqual(differing("canary-1"), [["istio-mesh:mesh.istio", undefined, { version: "1.30.4" }]]);
    assert.deepEqual(differing("us-1").slice(0, 2), [
      ["aws:region", "eu-central-1", "us-east-1"],
      ["istio-mesh:mesh.ingress.strategy", "nlb", "alb"],
    ]);
  });

  it("keeps encrypted values in the configuration, and hides them elsewhere", () => {
    const secret = '{ secure: "v1:abc" }';
    const one = meshOf(`clusters: { a: { config: { "istio-mesh:mesh": { mode: ${secret} } } } }`);
    assert.match(JSON.stringify(one.config), /v1:abc/);
    assert.doesNotMatch(JSON.stringify([one.mesh, one.differences]), /v1:abc/);
    assert.match(JSON.stringify(one.mesh), /"mode":"\[secret\]"/);
  });

  it("finds keys of the project that nobody reads, with their line", () => {
    const { problems } = meshOf("clusters:\n  a:\n    config:\n      istio-mesh:mode: ambient\n");
    assert.deepEqual(
      problems.map(({ path }) => path),
      ["istio-mesh:mode (fleet.yaml:4)"],
    );
  });

  it("takes a cluster with nothing below it, and a mesh that is no block for what it is", () => {
    assert.deepEqual(meshOf("clusters:\n  a:\n").mesh, { cluster: { name: "a" } });
    assert.equal(meshOf('clusters: { a: { config: { "istio-mesh:mesh": text } } }').mesh, "text");
  });

  it("is refused where it is no YAML, names a cluster twice, or has another form", () => {
    const refused = (text: string, message: RegExp) =>
      assert.throws(() => readFleet(text, "dir/fleet.yaml"), { message });
    refused("clusters: {", /^dir\/fleet\.yaml is no YAML/);
    refused("clusters:\n  a: {}\n  a: {}\n", /^dir\/fleet\.yaml:3 has the name a a second time\./);
    refused("clusters:\n  a: { rings: b }\n", /clusters\.a\.rings \(fleet\.yaml:2\)/);
    refused("", /an empty file/);
  });
});
