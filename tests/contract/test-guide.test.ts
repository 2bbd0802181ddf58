import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { codeBlocks, root } from "../support/readme";
import { inFolder, writeIn } from "../support/plans";

const page = readFileSync(join(root, "docs/how-to/test.md"), "utf8");

/** Makes `istio-eks` in a folder this repository's. */
function installIn(folder: string): void {
  const modules = join(folder, "node_modules");
  mkdirSync(join(modules, "istio-eks"), { recursive: true });
  symlinkSync(join(root, "node_modules/@pulumi"), join(modules, "@pulumi"));
  const entry = JSON.stringify(join(root, "api/index.ts"));
  writeFileSync(join(modules, "istio-eks/index.js"), `module.exports = require(${entry});\n`);
}

/** Runs a program and its unit test in a folder where `istio-eks` is this repository's. */
function runUnitTest(program: string, test: string) {
  return inFolder((folder) => {
    installIn(folder);
    writeIn(folder, "index.ts", program);
    writeIn(folder, "index.test.ts", test);
    const mocha = join(root, "node_modules/.bin/mocha");
    const tsx = `--import=${join(root, "node_modules/tsx/dist/loader.mjs")}`;
    const args = ["--no-config", tsx, "--timeout", "60000", "index.test.ts"];
    // Stack traces take most of the time: see tests/support/quick.ts.
    const env = { ...process.env, NODE_OPTIONS: "--stack-trace-limit=0" };
    const { status, stdout, stderr } = spawnSync(mocha, args, { cwd: folder, encoding: "utf8", env });
    return { status, output: `${stdout}\n${stderr}` };
  });
}

describe("docs/how-to/test.md", () => {
  const [program = "", test = ""] = codeBlocks("ts", page);

  it("shows a unit test that passes as shown", async () => {
    const { status, output } = await runUnitTest(program, test);
    assert.equal(status, 0, output);
    assert.match(output, /3 passing/);
  });

  it("shows mocks with which the README's program has an address", async () => {
    const [readme = ""] = codeBlocks("ts");
    const mocks = codeBlocks("ts", page)[2];
    const expected = `
      import assert from "node:assert/strict";
      it("has an address", async () => {
        const { url } = await import("./index");
        assert.equal(await new Promise((resolve) => url.apply(resolve)), "http://lb.example.com");
      });`;
    const { status, output } = await runUnitTest(readme, `${String(mocks)}\n${expected}`);
    assert.equal(status, 0, output);
  });

  it("shows a script that plans the arguments of a program", async () => {
    const { status, stdout, stderr } = await inFolder((folder) => {
      installIn(folder);
      writeIn(folder, "args.ts", String(codeBlocks("ts args", page)[0]));
      const script = writeIn(folder, "plan.ts", String(codeBlocks("ts plan", page)[0]));
      return spawnSync(join(root, "node_modules/.bin/tsx"), [script], { cwd: folder, encoding: "utf8" });
    });
    assert.equal(status, 0, stderr);
    assert.match(stdout, /^mesh istio-eks:index:IstioMesh\n[\s\S]*^mesh-istiod kubernetes:helm\.sh\/v3:Release$/m);
    assert.match(stderr, /^ingress: port 443 is passed through/);
  });
});
