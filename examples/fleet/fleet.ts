/**
 * A stack for each cluster of a fleet, deployed with Pulumi's Automation API: rings one after the other, some clusters of
 * a ring at a time. A failure ends the ring, and no other one begins.
 *
 *     npx istio-eks plan --fleet fleet.yaml --output fleet.json
 *     npx tsx fleet.ts up fleet.json --program <folder of the Pulumi program> --parallel 4
 *
 * `preview` shows what `up` would do. `drift` looks at every cluster, and ends with 1 where something differs from its
 * stack. Pulumi's own output goes to logs/<cluster>.log. The program's stack files are written anew from the fleet.
 */
import { createWriteStream, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { LocalWorkspace, type OpMap, type Stack } from "@pulumi/pulumi/automation";
import { type Cluster, readPlannedFleet } from "./planned-fleet";
import { progress } from "./progress";
import { runRings } from "./schedule";

type Work = (stack: Stack, onOutput: (text: string) => void) => Promise<string>;

const works: Readonly<Record<string, Work>> = {
  up: async (stack, onOutput) => counts((await stack.up({ onOutput })).summary.resourceChanges),
  preview: async (stack, onOutput) => counts((await stack.preview({ onOutput })).changeSummary),
  drift: async (stack, onOutput) => {
    const changes = counts((await stack.preview({ onOutput, refresh: true })).changeSummary);
    if (changes !== "no changes") throw new Error(`differs from its stack: ${changes}`);
    return changes;
  },
};

/** `2 create, 1 update`. */
function counts(changes: OpMap = {}): string {
  const different = Object.entries(changes).filter(([operation]) => operation !== "same");
  return different.map(([operation, count]) => `${count} ${operation}`).join(", ") || "no changes";
}

/** The stack of a cluster, with the configuration that the fleet has for it. */
async function stackOf({ name, config }: Cluster, workDir: string): Promise<Stack> {
  const stack = await LocalWorkspace.createOrSelectStack({ stackName: name, workDir });
  // What is there already is what the stack's secrets are encrypted with.
  const hasFile = existsSync(join(workDir, `Pulumi.${name}.yaml`));
  const settings = hasFile ? await stack.workspace.stackSettings(name) : {};
  await stack.workspace.saveStackSettings(name, { ...settings, config });
  return stack;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { parallel: { type: "string", default: "4" }, program: { type: "string", default: join("..", "..") } },
  });
  const [command = "", file = "fleet.json"] = positionals;
  const [work, parallel] = [works[command], Number(values.parallel)];
  if (work === undefined || !Number.isInteger(parallel) || parallel < 1)
    throw new Error(
      `usage: fleet.ts ${Object.keys(works).join("|")} [fleet.json] [--program folder] [--parallel number]`,
    );
  const rings = readPlannedFleet(readFileSync(file, "utf8"));
  mkdirSync("logs", { recursive: true });
  const line = progress(
    rings.flatMap(({ clusters }) => clusters.map(({ name }) => name)),
    Date.now,
  );
  const failed = await runRings(rings, {
    run: async (cluster) => {
      const log = createWriteStream(join("logs", `${cluster.name}.log`));
      try {
        return await work(await stackOf(cluster, resolve(values.program)), (text) => log.write(text));
      } finally {
        log.end();
      }
    },
    parallel,
    stopAtFailure: command !== "drift",
    listen: (change) => process.stdout.write(`${line(change)}\n`),
  });
  if (failed > 0) process.exitCode = 1;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});
