import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import semver from "semver";
import { inCache } from "./cache";
import { chartNames, type ChartSet } from "./chart-set";
import { type ChartFolder, chartFolders, chartSet, placeholder, stamped } from "./chart-folders";
import { run } from "./command";
import { releaseOf } from "./compatibility";
import { repositoryCharts } from "./repository-charts";

/**
 * The charts that `ISTIO_CHARTS` names: a folder with charts or their archives at any depth, or the address of a chart
 * repository.
 */
export async function publishedCharts(place = process.env["ISTIO_CHARTS"] ?? ""): Promise<readonly ChartSet[]> {
  if (place === "") return [];
  if (/^(https?|oci):\/\//.test(place)) return repositoryCharts(place);
  const folder = resolve(place);
  const sets = grouped(await chartsIn(folder));
  if (sets.length === 0) throw new Error(`ISTIO_CHARTS: there are no charts of Istio in ${folder}`);
  return sets;
}

/** Every chart in a folder, also those in archives. */
export async function chartsIn(folder: string): Promise<readonly ChartFolder[]> {
  const archives = await Promise.all(archivesIn(folder).map(unpacked));
  return [folder, ...archives].flatMap((one) => chartFolders(one));
}

/** Archives as `helm pull` and chart repositories have them: `istiod-1.30.4.tgz`. */
function archivesIn(folder: string): readonly string[] {
  return filesIn(folder).filter((file) => file.endsWith(".tgz"));
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

async function unpacked(archive: string): Promise<string> {
  const target = inCache("unpacked", hashOf([archive]));
  if (existsSync(target)) return target;
  const unfinished = `${target}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  await run("tar", ["-xzf", archive, "-C", unfinished]);
  renameSync(unfinished, target);
  return target;
}

/** Of what stands in files, so that a copy of what has been changed since is not taken for it. */
function hashOf(files: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of files) hash.update(file).update("\0").update(readFileSync(file));
  return hash.digest("hex").slice(0, 12);
}

/** Charts by the release they are of. */
function grouped(folders: readonly ChartFolder[]): readonly ChartSet[] {
  const known = folders.filter(({ name }) => (chartNames as readonly string[]).includes(name));
  const versionOf = (chart: ChartFolder) => (chart.version === placeholder ? pathVersion(chart, known) : chart.version);
  const versions = [...new Set(known.map(versionOf))].filter((version) => semver.valid(version) !== null);
  return versions.sort(semver.compare).map((version) => {
    const own = known.filter((chart) => versionOf(chart) === version);
    const raw = own.some((chart) => chart.version === placeholder);
    const copy = () => inCache("charts", hashOf(own.flatMap(({ folder }) => filesIn(folder))), version);
    const ready = raw ? stamped(own, version, copy()) : own;
    return chartSet(version, `istio ${version}`, ready);
  });
}

/** Sources without a release's stamp are of the release that their path names, else of the one they stand for. */
function pathVersion(chart: ChartFolder, all: readonly ChartFolder[]): string {
  const named = chart.folder.split(sep).find((part) => semver.valid(part));
  if (named !== undefined) return named;
  const base = all.find((one) => one.name === "base" && chart.folder.startsWith(dirname(one.folder) + sep));
  return base === undefined ? "" : releaseOf([base]);
}
