/**
 * Boundaries between modules (components/decisions/0001-core-and-shell.md).
 * The core plans and is pure; the shell queries and creates; a capability builds on those before it.
 */
const shell =
  "^components/(lookups|resources)/|^components/(istio-mesh|make-load-balancers|make-multi-cluster|mesh-peering)\\.ts$";

/** The capabilities, in the order in which they build on each other. A new one gets its place here. */
const capabilities = require("./capabilities.json");
const anyCapability = capabilities.join("|");

const onlyEarlierCapabilities = capabilities.slice(0, -1).map((capability, index) => ({
  name: `${capability}-imports-no-later-capability`,
  severity: "error",
  comment: "What it needs of a later one is passed to it, in mesh/ or by the shell.",
  from: { path: `^components/${capability}/` },
  to: { path: `^components/(${capabilities.slice(index + 1).join("|")})/` },
}));

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "only-the-shell-runs-pulumi",
      severity: "error",
      comment: "Only lookups/, resources/ and the component itself run Pulumi's code; elsewhere `import type` at most.",
      from: { path: "^components/", pathNot: shell },
      to: { path: "@pulumi/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "core-does-not-import-the-shell",
      severity: "error",
      from: { path: `^components/(plan|inputs|mesh|${anyCapability})/|^components/[a-z-]+-args\\.ts$` },
      to: { path: "^components/(lookups|resources)/|^components/istio-mesh\\.ts$" },
    },
    {
      name: "shell-imports-only-the-plan",
      severity: "error",
      from: { path: "^components/(lookups|resources)/" },
      to: { path: "^components/", pathNot: "^components/plan/|^components/$1/" },
    },
    {
      name: "plan-imports-nothing",
      severity: "error",
      comment: "plan/ holds the types that all capabilities share.",
      from: { path: "^components/plan/" },
      to: { path: "^components/", pathNot: "^components/plan/" },
    },
    ...onlyEarlierCapabilities,
    {
      name: "capabilities-do-not-import-the-mesh",
      severity: "error",
      comment: "mesh/ composes them.",
      from: { path: `^components/(plan|inputs|${anyCapability})/` },
      to: { path: "^components/mesh/|^components/istio-mesh-args\\.ts$" },
    },
    {
      name: "strategies-do-not-import-each-other",
      severity: "error",
      from: { path: "^components/(control-plane/modes|ingress/strategies)/([^/]+)/" },
      to: { path: "^components/$1/[^/]+/", pathNot: "^components/$1/$2/" },
    },
    {
      name: "component-does-not-import-the-cli",
      severity: "error",
      from: { path: "^components/" },
      to: { path: "^(api|cli|provider|tests|bench|examples)/|^index\\.ts$" },
    },
    {
      name: "checks-query-nothing",
      severity: "error",
      comment: "cli/check/gather/ queries; everything else of the check command decides from the facts it is given.",
      from: { path: "^cli/check/", pathNot: "^cli/check/(gather/|check-command)" },
      to: { path: "^cli/check/gather/|^(node:)?(child_process|fs|https?|net)$" },
    },
    {
      name: "policy-pack-stands-alone",
      severity: "error",
      comment:
        "It is published without the repository around it (components/decisions/0015-the-policy-pack-stands-alone.md).",
      from: { path: "^policy/" },
      to: { path: "^(components|cli|tests|bench|examples)/|^index\\.ts$" },
    },
    {
      name: "policies-run-no-sdk",
      severity: "error",
      comment: "Only index.ts creates the pack, which opens a port; policies import the types of the SDK alone.",
      from: { path: "^policy/policies/" },
      to: { path: "@pulumi/", dependencyTypesNot: ["type-only"] },
    },
    { name: "no-circular", severity: "error", from: {}, to: { circular: true } },
    { name: "no-orphans", severity: "error", from: { orphan: true, pathNot: "\\.d\\.ts$" }, to: {} },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^dist/" },
  },
};
