import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import semver from "semver";
import { istioMinors } from "../../../components/charts/versions";
import { inCache } from "./cache";
import { type ChartSet, chartNames } from "./chart-set";
import { type ChartFolder, chartFolders, chartSet, placeholder, stamped } from "./chart-folders";
import { run } from "./command";
import { helmOnPath } from "./helm";

/**
 * The charts that `ISTIO_CHARTS` names: a folder with charts or their archives at any depth, or the address of a chart
 * repository, from which the newest patch of each minor in the versions table is fetched.
 */
export async function publishedCharts(place = process.env["ISTIO_CHARTS"] ?? ""): Promise<readonly ChartSet[]> {
  if (place === "") return [];
  if (/^(https?|oci):\/\//.test(place)) return fetchAll(place);
  const folder = resolve(place);
  await unpackArchives(folder, inCache("unpacked", keyOf(folder)));
  const unpacked = inCache("unpacked", keyOf(folder));
  return grouped(folder, [...chartFolders(folder), ...(existsSync(unpacked) ? chartFolders(unpacked) : [])]);
}

function keyOf(place: string): string {
  return createHash("sha256").update(place).digest("hex").slice(0, 12);
}

/** Archives as `helm pull` and chart repositories have them: `istiod-1.30.4.tgz`. */
async function unpackArchives(folder: string, target: string): Promise<void> {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || !entry.name.endsWith(".tgz")) continue;
    const own = join(target, entry.name.replace(/\.tgz$/, ""));
    if (existsSync(own)) continue;
    mkdirSync(own, { recursive: true });
    await run("tar", ["-xzf", join(entry.parentPath, entry.name), "-C", own]);
  }
}

/** Charts by the release they are of. Sources without a release's stamp are of the release that their path names. */
function grouped(place: string, folders: readonly ChartFolder[]): readonly ChartSet[] {
  const versionOf = (chart: ChartFolder): string =>
    chart.version === placeholder ? (chart.folder.split(sep).find((part) => semver.valid(part)) ?? "") : chart.version;
  const known = folders.filter(({ name }) => (chartNames as readonly string[]).includes(name));
  const versions = [...new Set(known.map(versionOf))].filter((version) => version !== "").sort(semver.compare);
  return versions.map((version) => {
    const own = known.filter((chart) => versionOf(chart) === version);
    const raw = own.some((chart) => chart.version === placeholder);
    const ready = raw ? stamped(own, version, inCache("charts", keyOf(place), version)) : own;
    return chartSet(version, `ISTIO_CHARTS ${version}`, ready);
  });
}

async function fetchAll(repository: string): Promise<readonly ChartSet[]> {
  if (!helmOnPath()) throw new Error("ISTIO_CHARTS is an address, and only helm on the PATH can fetch from one");
  const sets: ChartSet[] = [];
  for (const { newestPatch } of istioMinors) {
    const target = inCache("fetched", keyOf(repository), newestPatch);
    for (const chart of chartNames) await fetchChart(repository, { chart, version: newestPatch, target });
    sets.push(chartSet(newestPatch, `${repository} ${newestPatch}`, chartFolders(target)));
  }
  return sets;
}

interface Wanted {
  readonly chart: string;
  readonly version: string;
  readonly target: string;
}

async function fetchChart(repository: string, { chart, version, target }: Wanted): Promise<void> {
  if (existsSync(join(target, chart))) return;
  mkdirSync(target, { recursive: true });
  const from = repository.startsWith("oci://")
    ? [`${repository.replace(/\/$/, "")}/${chart}`]
    : [chart, "--repo", repository];
  await run("helm", ["pull", ...from, "--version", version, "--untar", "--untardir", target]);
}
