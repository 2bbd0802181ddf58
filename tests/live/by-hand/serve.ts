import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startWorld } from "../world/world";

/** Holds a world until a signal ends it; started by `live:up` in the background. */
async function main(): Promise<void> {
  const [answer = "", podDelaySeconds = "0", provisioningSeconds = "0"] = process.argv.slice(2);
  const world = await startWorld({
    podDelaySeconds: Number(podDelaySeconds),
    model: { provisioningSeconds: Number(provisioningSeconds) },
  }).catch((error: unknown) => {
    writeFileSync(answer, JSON.stringify({ error: String(error) }));
    throw error;
  });
  const { chartRepository, gatewayApiManifest } = world.repository;
  const environment = { ...world.environment, CHART_REPOSITORY: chartRepository, GATEWAY_API: gatewayApiManifest };
  writeFileSync(join(world.folder, "world.json"), JSON.stringify({ ...world.account, environment }, undefined, 2));
  writeFileSync(answer, JSON.stringify({ folder: world.folder, environment, status: world.status() }));
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
