import { existsSync } from "node:fs";
import { join } from "node:path";
import { isRunning, ownerOf, sweep, testEnvFolders } from "./test-envs";

/**
 * Ends the test environment of this shell, or, in a shell that has none, all that `live:up` has started; and sweeps up after owners
 * that were killed.
 */
async function main(): Promise<void> {
  const mine = process.env["ISTIO_EKS_TEST_ENV"];
  for (const folder of testEnvFolders()) {
    const owner = ownerOf(folder);
    // A test run owns its test environments itself.
    if (owner !== undefined && !existsSync(join(folder, "test-env.json"))) continue;
    if (owner !== undefined && mine !== undefined && mine !== folder) continue;
    if (owner !== undefined) await end(owner);
    sweep(folder);
    process.stdout.write(`ended ${folder}\n`);
  }
}

async function end(owner: number): Promise<void> {
  process.kill(owner, "SIGTERM");
  const deadline = Date.now() + 10_000;
  while (isRunning(owner) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
}

void main();
