import assert from "node:assert/strict";
import { Script } from "node:vm";
import { htmlText } from "../../../cli/formats/html";
import { inWaves } from "../../../cli/graph";
import { withIngress } from "../../support/args";
import { html, readMarkup } from "../../support/markup";
import { madeUp, madeUpPlan, planOf, planOfWholeMesh } from "../../support/plans";

const plan = () => planOfWholeMesh({ mode: "ambient", strategy: "alb", routing: "gateway-api" });

/** The part of a page between a heading and the next one. */
const below = (page: string, heading: string) => String(page.split(`<h2>${heading}</h2>`)[1]).split("<h2>")[0] ?? "";
const links = (part: string) => [...part.matchAll(/<a [^>]*>([^<]*)<\/a>/g)].map(([, name]) => name);

describe("htmlText", () => {
  it("is one well-formed page that loads nothing from anywhere", async () => {
    const page = htmlText(await plan());
    const elements = readMarkup(page, html);
    assert.equal(elements[0]?.name, "html");
    assert.deepEqual(
      elements.filter(({ name, attributes }) => "src" in attributes || name === "link" || name === "iframe"),
      [],
    );
    assert.doesNotMatch(page, /@import|url\((?!#)/);
  });

  it("has a place for every resource, and every link leads to one", async () => {
    const made = await plan();
    const elements = readMarkup(htmlText(made), html);
    const places = elements.filter(({ name }) => name === "details").map(({ attributes }) => attributes["id"]);
    assert.equal(places.length, made.resources.length);
    assert.equal(new Set(places).size, places.length);
    const targets = elements
      .filter(({ name }) => name === "a")
      // A browser decodes the part behind the # once.
      .map(({ attributes }) => decodeURIComponent(String(attributes["href"]).slice(1)));
    assert.ok(targets.length > places.length);
    assert.deepEqual(
      targets.filter((target) => !places.includes(target)),
      [],
    );
  });

  it("leads from a box of the picture to its resource", async () => {
    const page = htmlText(await plan());
    const elements = readMarkup(page, html);
    const places = elements.filter(({ name }) => name === "details").map(({ attributes }) => attributes["id"]);
    const boxes = elements.filter(({ attributes }) => String(attributes["class"]).startsWith("box"));
    assert.ok(boxes.length > 20);
    for (const { attributes } of boxes) {
      // As the page's script does.
      const place = `r-${encodeURIComponent(String(attributes["data-name"]))}`;
      assert.ok(places.includes(place), place);
    }
  });

  it("shows the critical path, and the waves in the order of making and of removal", async () => {
    const made = await plan();
    const page = htmlText(made);
    const making = links(below(page, "Order of making"));
    assert.deepEqual(
      making,
      made.resources.map(({ name }) => name),
    );
    const removal = below(page, "Order of removal").split("<li>").slice(1).map(links);
    assert.deepEqual(removal[0], ["mesh-cleanup"]);
    assert.deepEqual(removal.at(-1), ["mesh"]);
    assert.equal(removal.flat().length, made.resources.length);
    assert.deepEqual(links(below(page, "Critical path")).slice(-1), ["mesh-cleanup"]);
    assert.ok(!links(below(page, "Critical path")).includes("mesh"));
  });

  it("shows what each resource comes after, its inputs and its options, if it has some", async () => {
    const page = htmlText(await plan());
    const details = (name: string) =>
      String(page.split("<details ").find((part) => part.includes(`<b>${name}</b>`))).split("</details>")[0] ?? "";
    assert.match(details("mesh-base"), /<p>after <a [^>]*>mesh-namespace-istio-system<\/a><\/p>/);
    assert.match(details("mesh-base"), /deleteBeforeReplace: true/);
    assert.match(details("mesh-base"), /chart: base/);
    assert.doesNotMatch(details("mesh"), /options|<p>after/);
  });

  it("shows warnings above all, if there are some, and the outputs at the end", async () => {
    const warned = htmlText(await planOf(withIngress({ hostnames: ["app.example.com"] })));
    assert.match(warned, /<ul class="warnings"><li>ingress: port 443 is passed through/);
    assert.match(below(warned, "Outputs"), /url: http:\/\/app\.example\.com/);
    assert.doesNotMatch(htmlText(await planOf({ mode: "sidecar", cluster: { name: "prod" } })), /class="warnings"/);
  });

  it("lets nothing that the user wrote become markup", async () => {
    const values = { istiod: { env: { X: '</pre><script>alert("&")</script>' } } };
    const page = htmlText(await planOf(withIngress({}, { istio: { values } })));
    const scripts = readMarkup(page, html).filter(({ name }) => name === "script");
    assert.equal(scripts.length, 1);
    assert.ok(page.includes("&lt;/pre&gt;&lt;script&gt;"));
    const named = madeUpPlan(inWaves([madeUp('<i>&"')]), { warnings: ["<b>"], mesh: "<m>" });
    assert.doesNotThrow(() => readMarkup(htmlText(named), html));
    assert.ok(htmlText(named).includes("<li>&lt;b&gt;</li>"));
  });

  it("has a script that a browser can read", async () => {
    const [, script = ""] = /<script>([^]*)<\/script>/.exec(htmlText(await plan())) ?? [];
    assert.ok(script.length > 100);
    assert.doesNotThrow(() => new Script(script));
  });
});
