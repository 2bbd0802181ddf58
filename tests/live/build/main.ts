import { cacheFolder } from "./cache";
import { buildChartsPart } from "./charts-part";
import { buildGoPart } from "./go-part";
import { buildManifestPart } from "./manifest-part";
import { buildNpmPart } from "./npm-part";
import { type Part, parts } from "./parts";
import { buildPythonPart } from "./python-part";
import { isBuilt, writeStamp } from "./stamp";

async function build(part: Part, say: (text: string) => void): Promise<void> {
  switch (part.kind) {
    case "go":
      return buildGoPart(part, say);
    case "python":
      return buildPythonPart(part, say);
    case "npm":
      return buildNpmPart(part, say);
    case "charts":
      return buildChartsPart(part, say);
    case "manifest":
      return buildManifestPart(part, say);
  }
}

/** Builds what is not there yet. Run again after an interruption, it goes on where it stopped. */
async function main(): Promise<void> {
  process.stdout.write(`parts of the local EKS, in ${cacheFolder()}\n`);
  for (const [index, part] of parts.entries()) {
    const title = `[${index + 1}/${parts.length}] ${part.name}`;
    if (isBuilt(part)) {
      process.stdout.write(`${title}: there\n`);
      continue;
    }
    const start = Date.now();
    const seconds = () => Math.round((Date.now() - start) / 1000);
    await build(part, (text) => process.stdout.write(`${title}: ${text} (${seconds()} s)\n`));
    writeStamp(part);
    process.stdout.write(`${title}: done in ${seconds()} s\n`);
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
