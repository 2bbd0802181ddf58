// Stands in for the plugin of a provider to whose resources our schema refers: tells those, and nothing else of it.
// Pulumi reads the schemas of all packages that a schema names before it writes an SDK; the real ones are a download of
// hundreds of megabytes.
const pulumi = require("@pulumi/pulumi");
const ours = require("../../provider/schema.json");

const [name, version, ...args] = process.argv.slice(2);
const references = [...JSON.stringify(ours).matchAll(/"\/([\w-]+)\/v[\d.]+\/schema\.json#\/resources\/([^"]+)"/g)];
const resources = references
  .filter(([, owner]) => owner === name)
  .map(([, , token]) => [decodeURIComponent(token), { properties: {}, inputProperties: {} }]);
const moduleNameOverrides = name === "kubernetes" ? { "helm.sh/v3": "helm/v3" } : {};
const language = {
  python: { respectSchemaVersion: true, moduleNameOverrides },
  nodejs: { respectSchemaVersion: true },
};
const schema = JSON.stringify({ name, version, language, resources: Object.fromEntries(resources) });

pulumi.provider.main({ version, schema }, args);
