import assert from "node:assert/strict";
import { fleetText } from "../../../cli/fleet/fleet-text";
import { plannedFleet, wholeFleet } from "../../support/fleets";

const show = async (text: string, options = {}) =>
  fleetText(await plannedFleet(text, options), { colours: false, width: 100 });

describe("A fleet as text", () => {
  it("shows rings, clusters that are alike in one row, and where they differ", async () => {
    const text = fleetText(await wholeFleet(), { colours: false, width: 100 });
    assert.match(text, /^fleet\.yaml: 4 clusters in 2 rings\.\n\nring canary: 1 cluster\n/);
    assert.match(text, /\n {2}canary-1: ambient, Istio 1\.30\.4, \d+ resources, internal NLB on 80, 443\n/);
    assert.match(text, /\n {4}istio: \{"version":"1\.30\.4"\}\n/);
    assert.match(text, /\nring production: 3 clusters\n {2}eu-1, eu-2: ambient/);
    assert.match(text, /\n {4}as the defaults\n/);
    assert.match(text, /\n {4}ingress\.strategy: "nlb" → "alb"\n/);
    assert.match(text, /\n {4}ingress\.allowedCidrs\.1: "10\.1\.0\.0\/16" → nothing\n/);
    assert.match(text, /resources of us-1 beside those of the defaults: \d+ more, \d+ fewer, \d+ with/);
    assert.match(text, /\n {6}\+ mesh-ingress-istio-ingress {1,2}Ingress: /);
    assert.match(text, /\n {6}~ /);
    for (const line of text.split("\n")) assert.ok(line.length <= 100 || !line.trim().includes(" "), line);
  });

  it("shows three values of a member that each cluster has for itself, and how many there are", async () => {
    const clusters = Array.from({ length: 8 }, (_, index) => [
      `c${index}`,
      { config: { "istio-mesh:mesh": { cluster: { name: `r${index}` } } } },
    ]);
    const text = await show(
      JSON.stringify({
        defaults: { config: { "istio-mesh:mesh": { mode: "ambient", cluster: { name: "base" } } } },
        clusters: Object.fromEntries(clusters) as unknown,
      }),
    );
    assert.match(text, /\n {2}8 clusters, c0, c1 … c7: ambient, /);
    const row =
      /cluster\.name: "base" → 8 values in 8 clusters: "r0" \(c0\), "r1" \(c1\), "r2" \(c2\) and 5 other\s+values/;
    assert.match(text, row);
  });

  it("shows all values of a member where they are few", async () => {
    const cluster = (name: string) => ({ config: { "istio-mesh:mesh": { cluster: { name } } } });
    const defaults = { config: { "istio-mesh:mesh": { mode: "ambient", cluster: { name: "base" } } } };
    const text = await show(JSON.stringify({ defaults, clusters: { a: cluster("one"), b: cluster("two") } }));
    assert.match(text, /cluster\.name: "base" → 2 values in 2 clusters: "one" \(a\), "two" \(b\)\n/);
  });

  it("shows both values of a member that two clusters have", async () => {
    const value = (version: string) => `{ config: { "istio-mesh:mesh": { istio: { version: ${version} } } } }`;
    const text = await show(
      'defaults: { config: { "istio-mesh:mesh": { mode: ambient, istio: { version: 1.31.1 } } } }\n' +
        `clusters: { a: ${value("1.31.0")}, b: ${value("1.30.9")} }`,
      { all: true },
    );
    assert.match(text, /\n {2}a: [\s\S]*istio\.version: "1\.31\.1" → "1\.31\.0"\n[\s\S]*\n {2}b: [\s\S]*→ "1\.30\.9"/);
  });

  it("shows a problem of the defaults once, with the line and the clusters that have it", async () => {
    const text = await show("defaults:\n  config:\n    istio-mesh:mesh: { mode: fast }\nclusters: { a: {}, b: {} }");
    assert.match(text, /, 2 with problems\.\n/);
    assert.match(text, /The defaults are no whole mesh \(mode\), so that resources are not compared/);
    assert.match(
      text,
      /\n1 problem in the clusters of fleet\.yaml\.\n\n {2}a \(fleet\.yaml:4\), b \(fleet\.yaml:4\): mode \(fleet\.yaml:3\)\n {4}given {4}"fast"/,
    );
  });

  it("shows a warning once, with the clusters that have it", async () => {
    const text = await show(
      'defaults: { config: { "istio-mesh:mesh": { mode: ambient, istio: { version: 1.28.10 } } } }\nclusters: { a: {}, b: {} }',
    );
    assert.equal(text.match(/warning in a, b: istio\.version: Istio no longer supports 1\.28/g)?.length, 1);
  });
});
