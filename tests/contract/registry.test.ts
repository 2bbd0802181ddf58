import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { answerWith, exampleFacts } from "../../cli/plan/example-facts";
import { record } from "../../cli/plan/recording";
import * as istioEks from "../../api";
import ts from "typescript";
import { planOf } from "../support/plans";
import { codeBlocks, root } from "../support/readme";

const read = (path: string) => readFileSync(join(root, path), "utf8");
const manifest = JSON.parse(read("package.json")) as { readonly version: string };
const schema = JSON.parse(read("provider/schema.json")) as { readonly displayName: string };

interface FrontMatter {
  readonly title: string;
  readonly meta_desc: string;
  readonly layout: string;
}

const frontMatter = (page: string) => parse(String(/^---\n([\s\S]*?)\n---\n/.exec(page)?.[1])) as FrontMatter;

/** Name and type of everything that is registered, in any order. */
const outline = (resources: readonly { readonly name: string; readonly type: string }[]) =>
  resources.map(({ name, type }) => `${type} ${name}`).sort();

describe("the pages for the Pulumi Registry", () => {
  const index = read("docs/_index.md");
  const installation = read("docs/installation-configuration.md");

  it("have the titles and the layout that the Registry asks for", () => {
    assert.deepEqual(
      [index, installation].map(frontMatter).map(({ title, layout }) => [title, layout]),
      [
        [schema.displayName, "package"],
        [`${schema.displayName} Installation & Configuration`, "package"],
      ],
    );
    for (const page of [index, installation]) assert.ok(frontMatter(page).meta_desc.length > 40);
  });

  it("have no relative link, which would be dead there", () => {
    for (const page of [index, installation]) assert.doesNotMatch(page, /\]\((?!https:\/\/)/);
  });

  it("show a first program that makes the same in TypeScript and in YAML, without a warning", async () => {
    const [program = ""] = codeBlocks("ts", index);
    const { outputText } = ts.transpileModule(program, { compilerOptions: { module: ts.ModuleKind.CommonJS } });
    const run = new Function("require", "exports", outputText) as (load: unknown, exports: object) => void;
    const created = await record(() => run(() => istioEks, {}), { answer: answerWith(exampleFacts({})) });
    const [yaml = ""] = codeBlocks("yaml program", index);
    const { resources } = parse(yaml) as { readonly resources: { readonly mesh: { readonly properties: object } } };
    const plan = await planOf(resources.mesh.properties);
    assert.deepEqual(outline(plan.resources), outline(created));
    assert.ok(created.some(({ name }) => name === "mesh-certificate-istio-ingress"));
    assert.deepEqual(plan.warnings, []);
  });

  it("show the first program in Python with the same arguments as the template, which Python can read", function () {
    const [program = ""] = codeBlocks("python", index);
    const template = read("templates/istio-eks-python/__main__.py");
    const call = (text: string) => text.slice(text.indexOf("mesh = "));
    const values: Readonly<Record<string, string>> = {
      clusterName: "production",
      hostname: "shop.example.com",
      zoneName: "example.com",
    };
    const filledIn = call(template).replace(
      /config\.require\("(\w+)"\)/g,
      (_, key: string) => `"${String(values[key])}"`,
    );
    assert.equal(call(program), filledIn);
    if (spawnSync("python3", ["--version"]).status !== 0) {
      process.stdout.write("      skipped: not on the PATH: python3\n");
      this.skip();
    }
    const { status, stderr } = spawnSync("python3", ["-c", "import ast, sys; ast.parse(sys.stdin.read())"], {
      input: program,
      encoding: "utf8",
    });
    assert.equal(status, 0, stderr);
  });

  it("name the release, the templates' configuration and their defaults", () => {
    assert.ok(installation.includes(`/plugin@v${manifest.version}\n`));
    const { template } = parse(read("templates/istio-eks-yaml/Pulumi.yaml")) as {
      readonly template: { readonly config: Readonly<Record<string, { description: string; default: string }>> };
    };
    for (const [key, { description, default: value }] of Object.entries(template.config))
      assert.ok(installation.includes(`| \`${key}\` | ${description} | \`${value}\` |`), key);
  });
});
