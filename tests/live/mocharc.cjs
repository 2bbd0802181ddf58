const { readdirSync } = require("node:fs");
const { join, relative } = require("node:path");

// What says most about a change comes first, and where a budget of time ends, before it.
const first = [
  "combinations",
  "safety",
  "refusals",
  "destroy-faults",
  "upgrades",
  "ingresses",
  "unmanaged",
  "up-faults",
].map((name) => `tests/live/${name}.test.ts`);

const all = readdirSync(__dirname, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith(".test.ts"))
  .map((entry) => relative(join(__dirname, "../.."), join(entry.parentPath, entry.name)))
  .sort();

module.exports = {
  import: "tsx",
  // Each once: of a file that two patterns match, parallel Mocha runs the tests twice, in two workers.
  spec: [...first, ...all.filter((file) => !first.includes(file))],
  parallel: true,
  jobs: 2,
  timeout: 900000,
  slow: 60000,
  "forbid-only": true,
};
