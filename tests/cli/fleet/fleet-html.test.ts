import assert from "node:assert/strict";
import { fleetHtml } from "../../../cli/fleet/fleet-html";
import { plannedFleet, wholeFleet } from "../../support/fleets";
import { html, readMarkup } from "../../support/markup";

describe("A fleet as a page", () => {
  it("has a card for the clusters that are alike, and is well formed", async () => {
    const page = fleetHtml(await wholeFleet());
    readMarkup(page, html);
    assert.equal(page.match(/<section class="card">/g)?.length, 3);
    assert.match(page, /<h2>Ring production<\/h2>\n<section class="card"><h3>eu-1, eu-2: ambient/);
    assert.match(page, /<summary>2 clusters<\/summary><p>eu-1, eu-2<\/p>/);
    assert.doesNotMatch(page, /<pre class="warnings">/);
  });

  it("has no place for warnings where there are none", async () => {
    const fleet = await wholeFleet();
    const rings = fleet.rings.map((ring) => ({
      ...ring,
      clusters: ring.clusters.map((cluster) => ({ ...cluster, warnings: [] })),
    }));
    assert.doesNotMatch(fleetHtml({ ...fleet, rings }), /class="warnings">/);
  });

  it("begins with problems and warnings", async () => {
    const page = fleetHtml(
      await plannedFleet(
        'defaults: { config: { "istio-mesh:mesh": { mode: ambient, istio: { version: 1.28.10 } } } }\n' +
          'clusters: { a: {}, b: { config: { "istio-mesh:mesh": { mode: "<fast>" } } } }',
      ),
    );
    readMarkup(page, html);
    assert.match(page, /<pre class="warnings">1 problem[^<]*&lt;fast&gt;/);
    assert.match(page, /<ul class="warnings"><li>warning in a: istio\.version/);
  });
});
