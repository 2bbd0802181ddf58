import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { keyTable } from "./key-table";
import { findChartTools } from "./sources/chart-tools";
import { keysOfChart } from "./sources/keys-of-chart";

/** Where the tables are that users get. */
const folder = join(__dirname, "../../components/control-plane/charts/values/keys");

/** Writes a table for each release whose charts are at hand. Committed are those that anyone can make again. */
async function main(): Promise<void> {
  const tools = await findChartTools();
  if (typeof tools === "string") throw new Error(tools);
  if (tools.validator === undefined) throw new Error("only with go on the PATH can be found out what charts read");
  mkdirSync(folder, { recursive: true });
  for (const set of tools.charts) {
    const table = await keyTable(set, keysOfChart(tools));
    const file = join(folder, `${table.minor}.json`);
    const config = await resolveConfig(file, { config: join(__dirname, "../../.config/prettier.json") });
    writeFileSync(file, await format(JSON.stringify(table, null, 2), { ...config, parser: "json" }));
    process.stdout.write(`${file}: ${table.source}\n`);
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
