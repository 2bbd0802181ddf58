import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { provider } from "../../provider/provider";
import { analyzedSchema, schemaFile } from "./schema";
import type { AnalyzedSchema } from "./schema-documentation";

interface Manifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

const manifestOf = (folder: string) => JSON.parse(readFileSync(`${folder}package.json`, "utf8")) as Manifest;

describe("the schema for other languages", () => {
  it("is what Pulumi's own analyzer reads from the component today: `npm run schema` writes it", async () => {
    assert.equal(readFileSync(schemaFile, "utf8"), await analyzedSchema());
  });

  it("describes every type, member and value, with its default and remarks, and tells integers and secrets", () => {
    const { types } = JSON.parse(readFileSync(schemaFile, "utf8")) as AnalyzedSchema;
    const described = Object.entries(types).flatMap(([token, { description, properties = {}, enum: values = [] }]) => [
      [token, description],
      ...Object.entries(properties).map(([name, property]) => [`${token}.${name}`, property.description]),
      ...values.map((value) => [`${token}: ${value.value}`, value.description]),
    ]);
    assert.ok(described.length > 200);
    assert.deepEqual(
      described.filter(([, description]) => description === undefined || description === "").map(([name]) => name),
      [],
    );
    const { drainSeconds } = types["istio-eks:index:Gateway"]?.properties ?? {};
    assert.equal(drainSeconds?.type, "integer");
    assert.match(String(drainSeconds?.description), /rolls the pods[\s\S]*Default: `60`[\s\S]*Example: `120`/);
    assert.equal(types["istio-eks:index:Tracing"]?.properties?.["samplingPercentage"]?.type, "number");
    assert.equal(types["istio-eks:index:Cluster"]?.properties?.["kubeconfig"]?.secret, true);
  });

  it("has what a registry shows of a package", () => {
    const schema = JSON.parse(readFileSync(schemaFile, "utf8")) as Readonly<Record<string, unknown>>;
    for (const key of ["displayName", "publisher", "keywords", "homepage", "repository", "logoUrl", "license"])
      assert.ok(schema[key], key);
    assert.ok(existsSync(String(schema["logoUrl"]).replace(/^.*\/main\//, "")));
  });

  it("names the generated Node SDK, which Pulumi would call @pulumi/istio-eks", () => {
    const { language } = JSON.parse(readFileSync(schemaFile, "utf8")) as AnalyzedSchema;
    assert.deepEqual(language["nodejs"], { packageName: "istio-eks-sdk", respectSchemaVersion: true });
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
