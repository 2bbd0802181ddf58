/** Writes the plans of all golden scenarios anew: `npm run golden`. What it changes is reviewed like code. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { keptOf, planScenario, scenarios } from "./golden";

async function writeGoldens(): Promise<void> {
  for (const scenario of scenarios()) {
    mkdirSync(scenario.folder, { recursive: true });
    for (const [file, text] of Object.entries(keptOf(await planScenario(scenario)))) {
      writeFileSync(join(scenario.folder, file), text);
    }
    process.stdout.write(`${scenario.name}\n`);
  }
}

void writeGoldens();
