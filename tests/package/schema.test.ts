import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { provider } from "../../provider/provider";
import { analyzedSchema, schemaFile } from "./schema";

interface Manifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

const manifestOf = (folder: string) => JSON.parse(readFileSync(`${folder}package.json`, "utf8")) as Manifest;

describe("the schema for other languages", () => {
  it("is what Pulumi's own analyzer reads from the component today: `npm run schema` writes it", async () => {
    assert.equal(readFileSync(schemaFile, "utf8"), await analyzedSchema());
  });

  it("is the one that the provider tells", () => {
    assert.deepEqual(JSON.parse(String(provider.schema)), JSON.parse(readFileSync(schemaFile, "utf8")));
  });

  it("has the version of the package, as has the plugin, which asks for exactly this package", () => {
    const { version } = manifestOf("");
    const plugin = manifestOf("plugin/");
    assert.deepEqual([provider.version, plugin.version, plugin.dependencies["istio-eks"]], [version, version, version]);
  });
});
