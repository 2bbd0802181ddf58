import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { istioMeshShape } from "../../components/istio-mesh-args";
import { ingressShape } from "../../components/ingress/ingress-args";
import { readDeclarations } from "../support/reference/declarations";
import { referencePages } from "../support/reference/pages";
import { thrownTexts } from "../support/reference/thrown-texts";
import { warningTexts } from "../support/reference/warning-texts";
import { root } from "../support/readme";
import { wrongArguments } from "../support/wrong";

const pages = referencePages();
const page = (name: string) => String(pages[`docs/reference/${name}.md`]);

/** The rows of a page's tables below a heading. */
function rowsBelow(text: string, heading: string): readonly string[] {
  const [, rest = ""] = text.split(`\n## ${heading}\n`);
  const [section = ""] = rest.split("\n## ");
  return section.split("\n").filter((line) => line.startsWith("| `"));
}

describe("The reference of docs/reference", () => {
  for (const [path, text] of Object.entries(pages)) {
    it(`is in ${path} what the source says today`, () => {
      const written = existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : "";
      assert.ok(written === text, `${path} is stale: run \`npm run reference\``);
    });
  }

  it("has no page that nobody writes", () => {
    const files = readdirSync(join(root, "docs/reference")).map((file) => `docs/reference/${file}`);
    assert.deepEqual(files.sort(), Object.keys(pages).sort());
  });

  it("names every argument that the mesh takes, and says of each what it is", () => {
    const names = (heading: string) => rowsBelow(page("args"), heading).map((row) => /`(\w+)`/.exec(row)?.[1]);
    assert.deepEqual(names("IstioMeshArgs"), Object.keys(istioMeshShape.shape));
    assert.deepEqual(names("IngressArgs"), Object.keys(ingressShape.shape));
    const { types } = readDeclarations();
    const shown = [...page("args").matchAll(/^## (\w+)$/gm)].map(([, name]) => types.get(String(name)));
    const args = shown.filter((declaration) => declaration !== undefined);
    const silent = args.flatMap(({ name, members }) =>
      members
        .filter(({ doc }) => doc.text === "" && doc.defaultValue === undefined)
        .map((member) => `${name}.${member.name}`),
    );
    assert.deepEqual(silent, []);
    assert.ok(args.length > 20);
  });

  it("shows the words that a member takes, its default, its warning and its example", () => {
    const [strategy, , , , hostnames, , , allowed] = rowsBelow(page("args"), "IngressArgs");
    assert.match(String(strategy), /^\| `strategy` \| `"nlb"`, `"alb"` \| required \| .*<br>Changing it makes another/);
    assert.match(String(hostnames), /^\| `hostnames` \| `string\[\]` \| `\[\]`: every host \|/);
    assert.match(String(allowed), /Example: `\["203\.0\.113\.0\/24"\]` \|$/);
    assert.match(page("args"), /^\| `namespaces` \| map of names to \[NamespaceArgs\]\(#namespaceargs\) \|/m);
    assert.match(page("args"), /^\| `routes` \| list of \[RouteArgs\]\(#routeargs\) \|/m);
  });

  it("names every output", () => {
    const mesh = readDeclarations().types.get("IstioMesh");
    const shown = [...page("outputs").matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
    assert.deepEqual(
      shown.slice(0, mesh?.members.length),
      mesh?.members.map(({ name }) => name),
    );
    assert.ok(shown.includes("url") && shown.includes("certificateArn"));
  });

  it("reports every suggestion that the tests of wrong arguments know", () => {
    const reported = page("errors").replaceAll("\\", "").replaceAll("&lt;", "<");
    const suggestions = Object.values(wrongArguments()).flatMap((rows) =>
      rows.flatMap(({ problems }) => problems.map(({ suggestion }) => suggestion)),
    );
    assert.deepEqual(
      suggestions.filter((suggestion) => !reported.includes(suggestion)),
      [],
    );
    assert.ok(suggestions.length > 300);
  });

  it("reports what one is warned of, as whole sentences", () => {
    const texts = warningTexts();
    assert.ok(
      texts.includes("gatewayApi.version: this Istio reads $wanted; of $version it may silently ignore some kinds."),
    );
    assert.ok(texts.length > 25, `${texts.length} warnings`);
    const lines = page("errors").split("\n");
    for (const text of texts)
      assert.ok(lines.includes(text.includes("`") ? `- \`\` ${text} \`\`` : `- \`${text}\``), text);
  });

  it("reports what a run can say, without our own mistakes", () => {
    const texts = thrownTexts();
    assert.ok(texts.some((text) => text.includes("this eks.Cluster has no node security group of its own")));
    assert.ok(texts.includes('istio-eks: the load balancer of "$name" has no hostname'));
    assert.ok(texts.every((text) => !text.includes("mistake in istio-eks")));
    assert.match(
      page("errors"),
      /- `istio-eks: gave up after \$TIMEOUT seconds\. No AWS Load Balancer Controller is ready/,
    );
  });
});
