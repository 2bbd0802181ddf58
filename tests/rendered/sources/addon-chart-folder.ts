import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import type { AddonChart } from "../../../components/addons/addon-charts";
import { inCache } from "./cache";
import { run } from "./command";
import { helmProgram } from "./helm-program";
import { chartsIn } from "./published-charts";

/**
 * The folder of an add-on's chart in the very version that the component installs; a text reports what is missing.
 *
 * `ADDON_CHARTS` names a folder with charts or their archives, at any depth, or is `published`: then each is fetched from
 * its own project's repository.
 */
export async function addonChartFolder(
  wanted: AddonChart,
  place = process.env["ADDON_CHARTS"] ?? "",
): Promise<{ readonly folder: string } | string> {
  if (place === "") return "ADDON_CHARTS names no place";
  if (place === "published") return published(wanted);
  const charts = await chartsIn(resolve(place));
  const found = charts.find(({ name, version }) => name === wanted.chart && version === wanted.version);
  return found ?? `${wanted.chart} ${wanted.version} is not in ADDON_CHARTS`;
}

async function published({ chart, version, repository }: AddonChart): Promise<{ readonly folder: string } | string> {
  const target = inCache("addons", `${chart}-${version}`);
  const folder = join(target, chart);
  if (existsSync(folder)) return { folder };
  const helm = await helmProgram();
  if (helm === undefined) return "to fetch charts takes helm or go on the PATH";
  const unfinished = `${target}.${process.pid}`;
  const way = ["--repo", repository, "--version", version, "--untar", "--untardir", unfinished];
  await run(helm, ["pull", chart, ...way]);
  mkdirSync(target, { recursive: true });
  renameSync(join(unfinished, chart), folder);
  rmSync(unfinished, { recursive: true, force: true });
  return { folder };
}
