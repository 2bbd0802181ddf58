import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { answerWith, exampleFacts } from "../../cli/plan/example-facts";
import { planOf } from "../support/plans";
import { root } from "../support/readme";
import { recordProgram } from "../support/recorded";

const load = createRequire(__filename);
const folder = join(root, "templates");
const read = (path: string) => readFileSync(join(folder, path), "utf8");

interface TemplateKey {
  readonly description: string;
  readonly default: string;
}

interface Template {
  readonly name: string;
  readonly description: string;
  readonly runtime: string | { readonly name: string };
  readonly template: {
    readonly displayName: string;
    readonly description: string;
    readonly config: Readonly<Record<string, TemplateKey>>;
  };
  readonly packages?: Readonly<Record<string, string>>;
  readonly config?: Readonly<Record<string, object>>;
  readonly resources: { readonly mesh: { readonly type: string; readonly properties: object } };
}

interface Manifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

const templateOf = (name: string) => parse(read(`${name}/Pulumi.yaml`)) as Template;
const packageManifest = () => JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Manifest;

/** Keys of a program's own configuration with the defaults of the template. */
function defaultsOf(name: string): Readonly<Record<string, string>> {
  const own = Object.entries(templateOf(name).template.config).filter(([key]) => !key.includes(":"));
  return Object.fromEntries(own.map(([key, value]) => [key, value.default]));
}

/** What a template with its defaults makes. */
const resourceTypes = [
  "aws:acm/certificate:Certificate mesh-certificate-istio-ingress",
  "kubernetes:core/v1:Service mesh-service-istio-ingress",
  "kubernetes:helm.sh/v3:Release mesh-ztunnel",
];

function assertMesh(resources: readonly { readonly name: string; readonly type: string }[]): void {
  const all = resources.map(({ name, type }) => `${type} ${name}`);
  assert.deepEqual(
    resourceTypes.filter((one) => !all.includes(one)),
    [],
  );
}

describe("the templates for `pulumi new`", () => {
  const runtimes = { "istio-eks-python": "python", "istio-eks-typescript": "nodejs", "istio-eks-yaml": "yaml" };

  it("are those of TypeScript, Python and YAML", () => {
    assert.deepEqual(readdirSync(folder).sort(), Object.keys(runtimes));
  });

  for (const [name, runtime] of Object.entries(runtimes)) {
    it(`${name}: has what \`pulumi new\` fills in and asks for`, () => {
      const { name: project, description, runtime: given, template } = templateOf(name);
      assert.deepEqual([project, description], ["${PROJECT}", "${DESCRIPTION}"]);
      assert.equal(typeof given === "string" ? given : given.name, runtime);
      assert.ok(template.displayName.includes("Istio on Amazon EKS") && template.description !== "");
      const keys = ["aws:region", "clusterName", "hostname", "zoneName"];
      assert.deepEqual(Object.keys(template.config), keys);
      for (const key of Object.values(template.config))
        assert.ok(key.description !== "" && key.default !== "", JSON.stringify(key));
    });
  }

  it("istio-eks-typescript: a program that makes the mesh, and asks for this release", async () => {
    const config = Object.entries(defaultsOf("istio-eks-typescript"));
    const exported: { readonly url?: pulumi.Output<string> } = {};
    const { resources, warnings } = await recordProgram(
      () => {
        pulumi.runtime.setAllConfig(Object.fromEntries(config.map(([key, value]) => [`istio-mesh:${key}`, value])));
        Object.assign(exported, load(join(folder, "istio-eks-typescript/index.ts")));
      },
      { answer: answerWith(exampleFacts({})) },
    );
    assertMesh(resources);
    assert.deepEqual(warnings, []);
    assert.ok(pulumi.Output.isInstance(exported.url));
    const { dependencies } = JSON.parse(read("istio-eks-typescript/package.json")) as Manifest;
    assert.equal(dependencies["istio-eks"], `^${packageManifest().version}`);
    assert.equal(dependencies["@pulumi/pulumi"], packageManifest().dependencies["@pulumi/pulumi"]);
  });

  it("istio-eks-yaml: resources that make the mesh, of this release", async () => {
    const { resources, packages, config } = templateOf("istio-eks-yaml");
    const defaults = defaultsOf("istio-eks-yaml");
    assert.deepEqual(Object.keys(config ?? {}), Object.keys(defaults));
    const filledIn = JSON.stringify(resources.mesh.properties).replace(/\$\{(\w+)\}/g, (_, key: string) => {
      const value = defaults[key];
      assert.ok(value !== undefined, key);
      return value;
    });
    const plan = await planOf(JSON.parse(filledIn));
    assertMesh(plan.resources);
    assert.deepEqual(plan.warnings, []);
    assert.match(String(packages?.["istio-eks"]), new RegExp(`/plugin@v${packageManifest().version}$`));
  });

  it("istio-eks-python: reads the configuration of the template, and names what the schema has", () => {
    const program = read("istio-eks-python/__main__.py");
    const keys = [...program.matchAll(/config\.require\("(\w+)"\)/g)].map(([, key]) => String(key));
    assert.deepEqual(keys, Object.keys(defaultsOf("istio-eks-python")));
    const { types } = JSON.parse(readFileSync(join(root, "provider/schema.json"), "utf8")) as {
      readonly types: object;
    };
    const names = [...program.matchAll(/istio_eks\.([A-Z]\w+)/g)].map(([, name]) => String(name).replace(/Args$/, ""));
    assert.deepEqual(
      names.filter((name) => name !== "IstioMesh" && !(`istio-eks:index:${name}` in types)),
      [],
    );
    assert.ok(names.length > 6 && existsSync(join(folder, "istio-eks-python/requirements.txt")));
    const { packages } = templateOf("istio-eks-python");
    assert.match(String(packages?.["istio-eks"]), new RegExp(`/plugin@v${packageManifest().version}$`));
  });
});
