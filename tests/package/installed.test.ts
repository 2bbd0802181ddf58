import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { codeBlocks } from "../support/readme";
import { newFolder, pack, root, run } from "./packed";

interface Manifest {
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** Runs below a program: Pulumi's mocks, which print the name and type of whatever is registered. */
const mocks = `
const pulumi = require("@pulumi/pulumi");
pulumi.runtime.setMocks({
  newResource: ({ type, name, inputs }) => {
    console.log(type, name);
    return { id: name + "-id", state: { ...inputs, status: { loadBalancer: { ingress: [{ hostname: "lb.example" }] } } } };
  },
  call: ({ inputs }) => ({
    ...inputs, region: "eu-central-1", arn: "arn:aws:eks:eu-central-1:123456789012:cluster/c", endpoint: "https://e",
    certificateAuthorities: [{ data: "ZXhhbXBsZQ==" }], vpcConfig: { vpcId: "vpc-0", clusterSecurityGroupId: "sg-0" },
    cidrBlock: "10.0.0.0/16",
  }),
}, "project", "stack", false);
`;

const compilerOptions = {
  target: "es2022",
  module: "nodenext",
  types: ["node"],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  outDir: "out",
  rootDir: ".",
};

/** The tsconfig.json of Pulumi's template aws-typescript: no `skipLibCheck`, no `esModuleInterop`. */
const templateOptions = {
  ...{ strict: true, outDir: "bin", target: "es2020", module: "commonjs", moduleResolution: "node", sourceMap: true },
  ...{ experimentalDecorators: true, noFallthroughCasesInSwitch: true, noImplicitReturns: true },
  forceConsistentCasingInFileNames: true,
  // The template's compiler is older than this one, which wants these.
  ...{ ignoreDeprecations: "6.0", types: ["node"], esModuleInterop: false, noEmit: true },
};

let installed: string | undefined;

/** A project of a user with the tarball installed, the same for all tests. */
function project(): string {
  installed ??= install();
  return installed;
}

function install(): string {
  const folder = newFolder("project");
  const { devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Manifest;
  const { typescript, "@types/node": node } = devDependencies;
  write(folder, "package.json", { name: "user", private: true, devDependencies: { typescript, "@types/node": node } });
  run("npm", ["install", "--ignore-scripts", "--no-audit", "--prefer-offline", pack().tarball], folder);
  write(folder, "tsconfig.json", { compilerOptions, include: ["*.ts", "*.mts"] });
  write(folder, "mocks.cjs", mocks);
  return folder;
}

function write(folder: string, file: string, content: string | object): void {
  writeFileSync(join(folder, file), typeof content === "string" ? content : JSON.stringify(content));
}

/** Runs a program below the mocks; reports what it registered. */
function runMocked(folder: string, program: string): readonly string[] {
  return run("node", ["--require", "./mocks.cjs", program], folder)
    .split("\n")
    .filter((line) => line !== "");
}

describe("the package, installed into an empty project", () => {
  let folder = "";
  before(() => {
    folder = project();
  });

  it("has types that are right for the README's program, as CommonJS and as ECMAScript module", () => {
    const program = codeBlocks("ts").join("\n");
    write(folder, "index.ts", program);
    write(folder, "module.mts", program);
    assert.equal(run("npx", ["tsc", "-p", "."], folder), "");
  });

  it("has types without an error under the tsconfig of Pulumi's own template, and says nothing of zod in them", () => {
    const template = join(folder, "template");
    mkdirSync(template);
    write(template, "index.ts", `${codeBlocks("ts").join("\n")}\nmesh.url.apply((url) => url?.length);\n`);
    write(template, "tsconfig.json", { compilerOptions: templateOptions, files: ["index.ts"] });
    const { stdout } = spawnSync("npx", ["tsc", "-p", "template"], { cwd: folder, encoding: "utf8" });
    // Other packages may have errors of theirs.
    const ours = stdout.split("\n").filter((line) => /istio-eks|^template|^index|tsconfig/.test(line));
    assert.deepEqual(ours, []);
    const types = join(folder, "node_modules/istio-eks/dist/istio-eks.d.ts");
    assert.doesNotMatch(readFileSync(types, "utf8"), /zod/);
  });

  it("has types that refuse what is wrong", () => {
    const strange =
      'import { IstioMesh } from "istio-eks";\nnew IstioMesh("mesh", { mode: "sidekick", cluster: { name: "a" } });\n';
    const wrong = join(folder, "wrong");
    mkdirSync(wrong);
    write(wrong, "index.ts", strange);
    write(wrong, "tsconfig.json", { compilerOptions: { ...compilerOptions, skipLibCheck: true, noEmit: true } });
    assert.throws(() => run("npx", ["tsc", "-p", "wrong"], folder), /"sidekick"' is not assignable to type 'Mode'/);
  });

  it("runs the README's program, compiled to CommonJS and to an ECMAScript module", () => {
    const [required, imported] = ["out/index.js", "out/module.mjs"].map((program) => runMocked(folder, program));
    assert.ok(required?.includes("istio-eks:index:IstioMesh mesh"));
    assert.ok(required?.includes("kubernetes:helm.sh/v3:Release mesh-istiod"));
    assert.ok(required?.includes("kubernetes:core/v1:Service mesh-service-istio-ingress"));
    assert.deepEqual([...(imported ?? [])].sort(), [...(required ?? [])].sort());
  });

  it("has a command that plans, in every format", () => {
    copyFileSync(join(root, "Pulumi.dev.yaml"), join(folder, "Pulumi.dev.yaml"));
    for (const format of ["tree", "json", "values", "mermaid", "dot", "svg", "html"]) {
      assert.match(run("npx", ["--no", "istio-eks", "plan", "--format", format], folder), /istiod/, format);
    }
  });

  it("plans the arguments of a program, with types for what it returns", () => {
    const [program = ""] = codeBlocks("ts plan", readFileSync(join(root, "docs/how-to/test.md"), "utf8"));
    const [args = ""] = codeBlocks("ts args", readFileSync(join(root, "docs/how-to/test.md"), "utf8"));
    const typed = `${program}\nvoid planOf(args).then(({ resources: [first] }) => first?.dependsOn.join());\n`;
    mkdirSync(join(folder, "planned"));
    write(folder, "planned/plan.ts", typed);
    write(folder, "planned/args.ts", args);
    write(folder, "planned/tsconfig.json", { compilerOptions });
    run("npx", ["tsc", "-p", "planned"], folder);
    assert.match(run("node", ["planned/out/plan.js"], folder), /^mesh-istiod kubernetes:helm\.sh/m);
  });

  it("checks chart values against the tables that the package brings", () => {
    const args = `{ mode: "sidecar", cluster: { name: "a" }, istio: { values: { istiod: { pilto: {} } } } }`;
    write(folder, "values.cjs", `const { IstioMesh } = require("istio-eks");\nnew IstioMesh("mesh", ${args});\n`);
    const said = run("bash", ["-c", "node --require ./mocks.cjs values.cjs 2>&1"], folder);
    assert.match(said, /does not read `pilto`/);
  });
});

describe("importing the installed package", () => {
  /** What Node has loaded once a program has run. */
  function loadedBy(folder: string, program: string): readonly string[] {
    write(folder, "loads.cjs", `${program}\nconsole.log(JSON.stringify(Object.keys(require.cache)));\n`);
    return JSON.parse(run("node", ["loads.cjs"], folder)) as readonly string[];
  }

  let folder = "";
  before(() => {
    folder = project();
  });

  it("loads nothing of the command, and of the providers' SDKs only single resources", () => {
    const below = (name: string) => (file: string) => file.includes(`/node_modules/${name}/`);
    const loaded = loadedBy(folder, 'require("istio-eks");');
    for (const name of ["@pulumi/eks", "commander", "@dagrejs/dagre", "picocolors", "yaml", "istio-eks/dist/cli"]) {
      assert.deepEqual(loaded.filter(below(name)), [], name);
    }
    for (const [sdk, whole] of [
      ["@pulumi/aws", 50],
      ["@pulumi/kubernetes", 50],
    ] as const) {
      const files = loaded.filter(below(sdk));
      assert.ok(files.length > 0 && files.length < whole, `${files.length} files of ${sdk}`);
      assert.ok(!files.some((file) => file.endsWith(`${sdk}/index.js`)), `the whole of ${sdk}`);
    }
  });

  it("does nothing: no resource, no output, no listener, no variable, no handle beyond those of Pulumi's own SDK", () => {
    write(
      folder,
      "effects.cjs",
      `require("@pulumi/pulumi");
       const state = () => ({
         // zod keeps its registry there, once for all of its copies.
         variables: Object.keys(globalThis).filter((name) => !name.startsWith("__zod_")),
         environment: Object.keys(process.env), folder: process.cwd(),
         listeners: process.eventNames().map((name) => [String(name), process.listenerCount(name)]),
         handles: process.getActiveResourcesInfo(),
       });
       const before = state();
       require("istio-eks");
       require("node:assert/strict").deepEqual(state(), before);`,
    );
    assert.deepEqual(runMocked(folder, "effects.cjs"), []);
  });
});
