import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";
import { inCache } from "./cache";
import { run } from "./command";
import { copyFolder, unpack } from "./go-module";
import type { ChartsPart } from "./parts";

/** Packs the charts into a folder that can be served as a chart repository, changed as the release builder does. */
export async function buildChartsPart(part: ChartsPart, say: (text: string) => void): Promise<void> {
  const { folder } = await unpack(part.module, part.version);
  const repository = inCache(part.name);
  await rm(repository, { recursive: true, force: true });
  await mkdir(repository, { recursive: true });
  for (const label of part.labels) {
    say(`packing the charts as ${label}`);
    for (const [chart, path] of Object.entries(part.charts)) {
      await pack(join(folder, path), { part, chart, label });
    }
  }
  await writeFile(join(repository, "index.yaml"), index(part));
}

interface Label {
  readonly part: ChartsPart;
  readonly chart: string;
  readonly label: string;
}

async function pack(source: string, { part, chart, label }: Label): Promise<void> {
  const staging = inCache("src", part.name, label);
  const folder = join(staging, chart);
  await copyFolder(source, folder);
  await rewrite(join(folder, "Chart.yaml"), (text) =>
    text.replace(/^version: .*$/m, `version: ${label}`).replace(/^appVersion: .*$/m, `appVersion: ${label}`),
  );
  await rewrite(join(folder, "values.yaml"), (text) =>
    text.replace(/^(\s*)hub: \S+\/\S+$/gm, `$1hub: ${part.hub}`).replace(/^(\s*)tag: latest$/gm, `$1tag: ${label}`),
  );
  await run("tar", ["-C", staging, "-czf", inCache(part.name, archive(chart, label)), chart]);
}

async function rewrite(path: string, change: (text: string) => string): Promise<void> {
  await writeFile(path, change(await readFile(path, "utf8")));
}

function archive(chart: string, label: string): string {
  return `${chart}-${label}.tgz`;
}

/** What Helm asks a repository for first. */
function index({ charts, labels }: ChartsPart): string {
  const entries = Object.keys(charts).map((name) => [
    name,
    labels.map((label) => ({
      apiVersion: "v2",
      name,
      version: label,
      appVersion: label,
      created: "2026-01-01T00:00:00Z",
      urls: [archive(name, label)],
    })),
  ]);
  return stringify({ apiVersion: "v1", entries: Object.fromEntries(entries) as unknown });
}
