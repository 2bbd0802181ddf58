import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { newFolder, root } from "./packed";
import { whichOf } from "./plugin";

interface Project {
  readonly name: string;
  readonly description: string;
  readonly template?: object;
}

/** Runs `pulumi new` with a template, without a network, in a folder of its own. */
function pulumiNew(template: string): string {
  const machine = newFolder("new");
  const [home, state, project] = ["home", "state", "project"].map((name) => join(machine, name));
  for (const created of [home, state, project]) mkdirSync(String(created));
  const named = ["--name", "shop-mesh", "--description", "The mesh of the shop", "--stack", "dev"];
  const options = ["--dir", String(project), "--generate-only", "--yes", "--non-interactive", ...named];
  execFileSync("pulumi", ["new", join(root, "templates", template), ...options], {
    stdio: "pipe",
    env: {
      ...process.env,
      PULUMI_HOME: home,
      PULUMI_BACKEND_URL: `file://${String(state)}`,
      PULUMI_CONFIG_PASSPHRASE: "test",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    },
  });
  return String(project);
}

describe("the templates, by the real `pulumi new`", () => {
  const programs = { typescript: "nodejs", python: "python", yaml: "yaml" };

  for (const [language, runtime] of Object.entries(programs)) {
    it(`makes a project in ${language}`, function () {
      const missing = ["pulumi", `pulumi-language-${runtime}`].filter((program) => whichOf(program) === undefined);
      if (missing.length > 0) {
        process.stdout.write(`      skipped: not on the PATH: ${missing.join(", ")}\n`);
        this.skip();
      }
      const template = `istio-eks-${language}`;
      const project = pulumiNew(template);
      const {
        name,
        description,
        template: left,
      } = parse(readFileSync(join(project, "Pulumi.yaml"), "utf8")) as Project;
      assert.deepEqual([name, description, left], ["shop-mesh", "The mesh of the shop", undefined]);
      const files = { typescript: ["index.ts", "package.json", "tsconfig.json"], python: ["__main__.py"], yaml: [] };
      for (const file of files[language as keyof typeof files]) assert.ok(existsSync(join(project, file)), file);
      if (language === "typescript") assert.match(readFileSync(join(project, "package.json"), "utf8"), /"shop-mesh"/);
    });
  }
});
