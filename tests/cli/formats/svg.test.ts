import assert from "node:assert/strict";
import { pictureOf } from "../../../cli/formats/boxes";
import { escapeXml } from "../../../cli/formats/page/escape";
import { svgText } from "../../../cli/formats/svg";
import { criticalPath, inWaves } from "../../../cli/plan/graph";
import { type Element, readMarkup, xml } from "../../support/markup";
import { madeUp, madeUpPlan, planOfWholeMesh } from "../../support/plans";

const plan = () => planOfWholeMesh({ mode: "ambient", strategy: "nlb", routing: "gateway-api" });
const classes = ({ attributes }: Element) => String(attributes["class"]).split(" ");

describe("svgText", () => {
  it("is well-formed XML that stands for itself", async () => {
    const [svg] = readMarkup(svgText(await plan()), xml);
    assert.equal(svg?.name, "svg");
    assert.equal(svg.attributes["xmlns"], "http://www.w3.org/2000/svg");
    assert.ok(Number(svg.attributes["width"]) > 0 && Number(svg.attributes["height"]) > 0);
    assert.equal(svg.attributes["viewBox"], `0 0 ${svg.attributes["width"]} ${svg.attributes["height"]}`);
  });

  it("has a box for everything that is made, and an arrow for every essential step", async () => {
    const { resources, mesh, ...rest } = await plan();
    const elements = readMarkup(svgText({ resources, mesh, ...rest }), xml);
    const boxes = elements.filter((element) => classes(element).includes("box"));
    assert.deepEqual(
      boxes.map(({ attributes }) => attributes["data-name"]),
      pictureOf({ resources, mesh }).boxes.map(({ id }) => id),
    );
    const arrows = elements.filter((element) => classes(element).includes("arrow"));
    assert.equal(arrows.length, pictureOf({ resources, mesh }).arrows.length);
    for (const { attributes } of arrows)
      assert.match(String(attributes["d"]), /^M\d+ \d+( C\d+ \d+ \d+ \d+ \d+ \d+)+$/);
  });

  it("marks the critical path, boxes and arrows", async () => {
    const created = await plan();
    const slow = readMarkup(svgText(created), xml).filter((element) => classes(element).includes("slow"));
    const path = criticalPath(created.resources).filter((name) => name !== "mesh");
    const boxes = slow.filter(({ name }) => name === "g").map(({ attributes }) => attributes["data-name"]);
    assert.deepEqual(boxes.sort(), [...path].sort());
    assert.ok(slow.some(({ name }) => name === "path"));
  });

  /** The upper edge of each box, by its name. */
  const topsOf = (text: string) => {
    const elements = readMarkup(text, xml);
    return new Map(
      elements.flatMap((element, index) => {
        if (element.name !== "g") return [];
        const rect = elements.slice(index).find(({ name }) => name === "rect");
        return [[String(element.attributes["data-name"]), Number(rect?.attributes["y"])] as const];
      }),
    );
  };

  it("draws from the top down: what comes later stands lower, and a wave below the one before it", async () => {
    const created = await plan();
    const tops = topsOf(svgText(created));
    const { boxes, arrows } = pictureOf(created);
    for (const { from, to } of arrows) assert.ok(Number(tops.get(from)) < Number(tops.get(to)), `${from}, ${to}`);
    const inWave = (wave: number) =>
      boxes.filter((box) => box.nodes[0]?.wave === wave).map(({ id }) => Number(tops.get(id)));
    for (let wave = 2; inWave(wave).length > 0; wave += 1) {
      assert.ok(Math.min(...inWave(wave)) > Math.max(...inWave(wave - 1)), `wave ${wave}`);
    }
  });

  it("puts a wave that is wider than a page into rows, evenly, and a band around them", () => {
    const names = Array.from({ length: 12 }, (_, index) => `${"long-name-".repeat(3)}${index}`);
    const type = "kubernetes:core/v1:Service";
    const text = svgText(madeUpPlan(inWaves(names.map((name) => madeUp(name, { type })))));
    const [svg] = readMarkup(text, xml);
    assert.ok(Number(svg?.attributes["width"]) < 1400, svg?.attributes["width"]);
    const rows = [...topsOf(text).values()];
    const counts = [...new Set(rows)].map((top) => rows.filter((one) => one === top).length);
    assert.deepEqual(counts, [4, 4, 4]);
    const bands = readMarkup(text, xml).filter((element) => classes(element).includes("band"));
    assert.equal(bands.length, 1);
    assert.ok(Number(bands[0]?.attributes["height"]) > 3 * 42);
  });

  it("keeps every box within the picture, wide enough for its label", async () => {
    const elements = readMarkup(svgText(await plan()), xml);
    const [svg] = elements;
    for (const { attributes } of elements
      .filter(({ name }) => name === "rect")
      .filter((element) => !classes(element).includes("band"))) {
      const [x, y, width, height] = ["x", "y", "width", "height"].map((key) => Number(attributes[key]));
      assert.ok(Number(x) >= 0 && Number(y) >= 0);
      assert.ok(Number(x) + Number(width) <= Number(svg?.attributes["width"]));
      assert.ok(Number(y) + Number(height) <= Number(svg?.attributes["height"]));
      assert.ok(Number(width) >= 7 * "cni".length);
    }
  });

  it("escapes every name and detail", () => {
    const inputs = { metadata: { name: '<&">' } };
    const text = svgText(madeUpPlan(inWaves([madeUp('a<b>&"c"', { inputs })])));
    const box = readMarkup(text, xml).find((element) => classes(element).includes("box"));
    assert.equal(box?.attributes["data-name"], 'a<b>&"c"');
    assert.ok(text.includes("a&lt;b&gt;&amp;&quot;c&quot;: &lt;&amp;&quot;&gt;</title>"));
  });
});

describe("escapeXml", () => {
  it("escapes what means something in XML and HTML, in attributes too", () => {
    assert.equal(escapeXml(`<a href="x">'&amp;'</a>`), "&lt;a href=&quot;x&quot;&gt;'&amp;amp;'&lt;/a&gt;");
  });
});
