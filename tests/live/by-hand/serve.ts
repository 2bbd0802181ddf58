import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startTestEnv } from "../test-env/test-env";
import { variablesOf } from "./variables";

/** Holds a test environment until a signal ends it; started by `live:up` in the background. */
async function main(): Promise<void> {
  const [answer = "", podDelaySeconds = "0", provisioningSeconds = "0"] = process.argv.slice(2);
  const testEnv = await startTestEnv({
    podDelaySeconds: Number(podDelaySeconds),
    model: { provisioningSeconds: Number(provisioningSeconds) },
  }).catch((error: unknown) => {
    writeFileSync(answer, JSON.stringify({ error: String(error) }));
    throw error;
  });
  const environment = variablesOf(testEnv);
  writeFileSync(
    join(testEnv.folder, "test-env.json"),
    JSON.stringify({ ...testEnv.account, environment }, undefined, 2),
  );
  writeFileSync(answer, JSON.stringify({ folder: testEnv.folder, environment, status: testEnv.status() }));
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
