/** Writes the plans of all golden scenarios anew: `npm run golden`. What it changes is reviewed like code. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { keptFiles, keptOf, planScenario, scenarios } from "./golden";

async function writeGoldens(): Promise<void> {
  for (const scenario of scenarios()) {
    mkdirSync(scenario.folder, { recursive: true });
    const kept = keptOf(await planScenario(scenario));
    for (const file of keptFiles(scenario)) writeFileSync(join(scenario.folder, file), kept[file]);
    process.stdout.write(`${scenario.name}\n`);
  }
}

void writeGoldens();
