import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { type Message, publint } from "publint";
import { formatMessage } from "publint/utils";
import { newFolder, pack, root, run } from "./packed";

interface SourceMap {
  readonly sources: readonly string[];
  readonly sourcesContent?: readonly (string | null)[];
}

/** Sources and data below the folders that are built, as paths from the root. */
function sources(): readonly string[] {
  return ["api", "components", "cli", "provider"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|json)$/.test(entry.name))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll("\\", "/")),
  );
}

/** What a source becomes in the package. */
function builtOf(source: string): readonly string[] {
  if (source.endsWith(".json")) return [`dist/${source}`];
  const base = `dist/${source.replace(/\.ts$/, "")}`;
  return [`${base}.js`, `${base}.js.map`];
}

describe("the packed tarball", () => {
  it("holds what every source became, the data that is read at run time, and nothing else", () => {
    // One file of types for programs: what the sources know of zod is nobody else's business.
    const types = ["dist/istio-eks.d.ts", "dist/provider/main.d.ts"];
    const others = ["CHANGELOG.md", "LICENSE", "README.md", "package.json"];
    assert.deepEqual(pack().files, [...others, ...types, ...sources().flatMap(builtOf)].sort());
  });

  it("has a manifest that tells a registry where it comes from", () => {
    const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Record<string, unknown>;
    const plugin = JSON.parse(readFileSync(join(root, "plugin/package.json"), "utf8")) as typeof manifest;
    const address = "https://github.com/istio-eks/istio-eks";
    assert.equal(manifest["homepage"], `${address}#readme`);
    assert.deepEqual(manifest["bugs"], { url: `${address}/issues` });
    // npm refuses a provenance statement of a package without it.
    assert.deepEqual(manifest["repository"], { type: "git", url: `git+${address}.git` });
    assert.deepEqual(plugin["repository"], { type: "git", url: `git+${address}.git`, directory: "plugin" });
    assert.ok(manifest["author"]);
  });

  it("is small: an eighth of a second to fetch at 100 megabits a second", () => {
    assert.ok(pack().size < 1_500_000, `${pack().size} bytes`);
  });

  it("has source maps that bring the sources along", () => {
    const folder = newFolder("unpacked");
    run("tar", ["-xzf", pack().tarball, "-C", folder], root);
    const maps = pack().files.filter((file) => file.endsWith(".js.map"));
    assert.ok(maps.length > 50);
    for (const map of maps) {
      const { sources: of, sourcesContent } = JSON.parse(
        readFileSync(join(folder, "package", map), "utf8"),
      ) as SourceMap;
      assert.equal(sourcesContent?.filter((text) => text !== null).length, of.length, map);
    }
  });

  it("passes publint", async () => {
    const { messages } = await publint({ pkgDir: root, strict: true });
    const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Record<string, unknown>;
    assert.deepEqual(
      messages.map((message: Message) => formatMessage(message, manifest)),
      [],
    );
  });

  it("has types that every way of resolving modules finds, according to attw", () => {
    pack();
    // ./provider is for the plugin's own Node, not for programs.
    const rest = ["--exclude-entrypoints", "./provider"];
    run("npx", ["attw", pack().tarball, "--profile", "strict", "--no-definitely-typed", ...rest], root);
  });
});
