import { spawnSync } from "node:child_process";
import { missingParts } from "./build/stamp";

/** Programs that the machine brings itself: Pulumi's engine with what it needs for this program. */
const programs = ["pulumi", "pulumi-language-nodejs", "pulumi-resource-kubernetes", "pulumi-resource-command"];

/** What this machine lacks to run the tier; each with what to do. */
export function missingOnMachine(tier: "live" | "traffic" = "live"): readonly string[] {
  const parts = missingParts(tier).map((name) => `${name} (npm run live:build)`);
  const tools = programs.filter((name) => spawnSync("which", [name]).status !== 0).map((name) => `${name} on the PATH`);
  return [...parts, ...tools];
}

// Run as a program it tells, and fails if anything is missing: `npm run --silent live:missing`.
if (require.main === module) {
  const missing = missingOnMachine();
  if (missing.length > 0) process.stdout.write(`${missing.join(", ")}\n`);
  process.exitCode = missing.length > 0 ? 1 : 0;
}
