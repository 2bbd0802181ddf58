import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

const root = join(__dirname, "..", "..");

const capabilities = JSON.parse(readFileSync(join(root, ".config/capabilities.json"), "utf8")) as readonly string[];
/** Folders of the core: each of their files has a test at the same place in tests/. */
const core = [...capabilities, "inputs", "mesh"];
/** Folders without such tests: types have no code, and what queries and creates is tested by whole meshes. */
const others = ["plan", "lookups", "resources", "decisions"];
/** Files beside the modules that have none either: the exports, and what whole meshes test. */
const mirrorless = ["index", "make-load-balancers", "make-multi-cluster"].map((name) => `components/${name}.ts`);

/** All TypeScript files below a folder, as paths from the root. */
function sourcesIn(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .sort();
}

const mirrorOf = (source: string) => source.replace(/^components\//, "tests/").replace(/\.ts$/, ".test.ts");

/** Whether anything of a file is left when the types are gone. */
function hasCode(source: string): boolean {
  const text = readFileSync(join(root, source), "utf8");
  return /^(export )?(default )?(async )?(function|const|let|class|enum) /m.test(text);
}

const folders = readdirSync(join(root, "components"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const inModules = core.flatMap((folder) => sourcesIn(`components/${folder}`));
const beside = sourcesIn("components").filter((source) => source.split("/").length === 2);

describe("the layout of components/", () => {
  it("has only folders that it knows: a new capability is named in .config/capabilities.json", () => {
    assert.deepEqual(
      folders.filter((folder) => ![...core, ...others].includes(folder)),
      [],
    );
    assert.deepEqual(
      core.filter((folder) => !folders.includes(folder)),
      [],
    );
  });

  it("has a test at the same place for every file with code", () => {
    const tests = sourcesIn("tests");
    const sources = [...inModules, ...beside].filter((source) => !mirrorless.includes(source) && hasCode(source));
    const missing = sources.filter((source) => !tests.includes(mirrorOf(source)));
    assert.deepEqual(
      missing.map((source) => `${source} has no test: write ${mirrorOf(source)}`),
      [],
    );
    assert.ok(sources.length > 70);
  });

  it("has a file for every test in a module: one that was moved or removed takes its test along", () => {
    const mirrors = inModules.map(mirrorOf);
    const stray = core.flatMap((folder) => sourcesIn(`tests/${folder}`)).filter((test) => !mirrors.includes(test));
    assert.deepEqual(stray, []);
  });

  it("has no code in the types that all modules share, but for the enumerations", () => {
    const withCode = sourcesIn("components/plan").filter(hasCode);
    assert.deepEqual(withCode, ["components/plan/enums.ts"]);
  });
});

const coverage = JSON.parse(readFileSync(join(root, ".config/c8.json"), "utf8")) as {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
};

describe("the coverage of the core", () => {
  // A file without code is never loaded, and counts as one that no test ran.
  it("leaves out every file without code, and no file that is not there", () => {
    const included = coverage.include.flatMap((glob) => sourcesIn(glob.replace("/**/*.ts", "")));
    const isLeftOut = (source: string) =>
      coverage.exclude.some((glob) =>
        glob.endsWith("/**") ? source.startsWith(glob.slice(0, -"**".length)) : source === glob,
      );
    assert.deepEqual(
      included.filter((source) => !hasCode(source) && !isLeftOut(source)),
      [],
    );
    assert.ok(included.length > 400);
    const files = coverage.exclude.filter((glob) => !glob.includes("*"));
    assert.deepEqual(
      files.filter((file) => !included.includes(file)),
      [],
    );
  });
});
