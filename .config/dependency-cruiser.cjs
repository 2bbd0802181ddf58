/**
 * The walls of the house (components/decisions/0001-core-and-shell.md).
 * The core decides and is pure; the shell asks and makes; the rooms of one axis do not know each other.
 */
const shell =
  "^components/(lookups|resources)/|^components/(istio-mesh|make-load-balancers|make-multi-cluster|mesh-peering)\\.ts$";
const axes =
  "modes|ingress|gateways|routes|egress|vpc-cni|cleanup|charts|cluster|security|telemetry|resilience|addons|multi-cluster";

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "pulumi-lives-in-the-shell",
      severity: "error",
      comment: "Only lookups/, resources/ and the conductor run Pulumi's code; elsewhere `import type` at most.",
      from: { path: "^components/", pathNot: shell },
      to: { path: "@pulumi/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "core-never-opens-the-shell",
      severity: "error",
      from: { path: `^components/(plan|inputs|mesh|${axes})/|^components/[a-z-]+-args\\.ts$` },
      to: { path: "^components/(lookups|resources)/|^components/istio-mesh\\.ts$" },
    },
    {
      name: "shell-reads-only-the-plan",
      severity: "error",
      from: { path: "^components/(lookups|resources)/" },
      to: { path: "^components/", pathNot: "^components/plan/|^components/$1/" },
    },
    {
      name: "words-know-nothing",
      severity: "error",
      comment: "plan/ holds the words every room shares; it may not know the rooms.",
      from: { path: "^components/plan/" },
      to: { path: "^components/", pathNot: "^components/plan/" },
    },
    {
      name: "axes-do-not-meet",
      severity: "error",
      comment: "They meet in mesh/, and in the words of ingress-args.ts and istio-mesh-args.ts; nowhere else.",
      from: { path: `^components/(${axes})/` },
      to: { path: `^components/(${axes})/`, pathNot: "^components/$1/" },
    },
    {
      name: "rooms-never-open-the-mesh",
      severity: "error",
      from: { path: `^components/(plan|inputs|${axes})/` },
      to: { path: "^components/mesh/|^components/[a-z-]+-args\\.ts$" },
    },
    {
      name: "rooms-do-not-meet",
      severity: "error",
      from: { path: "^components/(modes|ingress)/([^/]+)/" },
      to: { path: "^components/$1/[^/]+/", pathNot: "^components/$1/$2/" },
    },
    {
      name: "component-never-opens-the-cli",
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
      comment: "Only index.ts makes the pack, which opens a port; policies take the SDK's types alone.",
      from: { path: "^policy/policies/" },
      to: { path: "@pulumi/", dependencyTypesNot: ["type-only"] },
    },
    { name: "no-circles", severity: "error", from: {}, to: { circular: true } },
    { name: "no-orphans", severity: "error", from: { orphan: true, pathNot: "\\.d\\.ts$" }, to: {} },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^dist/" },
  },
};
