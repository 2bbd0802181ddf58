import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { inCache } from "./cache";
import type { ChartSet } from "./chart-set";
import { chartFolders, chartSet, stamped } from "./chart-folders";
import { run } from "./command";
import { releaseOf } from "./compatibility";
import { validatorSource } from "./validator";

const istio = "istio.io/istio";

/**
 * The charts in the Go module of Istio against which the validator is built.
 *
 * It is no tagged release: the charts stand for the newest patch of their minor.
 */
export async function moduleCharts(): Promise<ChartSet> {
  const { Dir: folder, Path: path, Version: commit } = await moduleOf(istio);
  const folders = chartFolders(join(folder, "manifests", "charts"));
  const version = releaseOf(folders);
  const copy = inCache("charts", createHash("sha256").update(commit).digest("hex").slice(0, 12), version);
  return chartSet(version, `${path} ${commit}`, stamped(folders, version, copy));
}

/**
 * The charts of a tagged release, out of the Go module at that tag; none where the module proxy does not give it. Some
 * proxies have none but the modules that others depend on.
 */
export async function releasedCharts(version: string): Promise<ChartSet | undefined> {
  const copy = inCache("charts", "released", version);
  const origin = `istio ${version}`;
  if (existsSync(copy)) return chartSet(version, origin, chartFolders(copy));
  const folder = await taggedModule(version);
  if (folder === undefined) return undefined;
  return chartSet(version, origin, stamped(chartFolders(join(folder, "manifests", "charts")), version, copy));
}

/** Asked first, and not for long: a machine without a network must not wait for what it cannot have. */
async function taggedModule(version: string): Promise<string | undefined> {
  try {
    await run("go", ["list", "-m", `${istio}@${version}`], { folder: validatorSource, seconds: 20 });
    return (await moduleOf(istio, version)).Dir;
  } catch {
    return undefined;
  }
}

interface GoModule {
  readonly Path: string;
  readonly Version: string;
  readonly Dir: string;
}

/** A module in the version of the validator's go.mod, or in another one, unpacked on this machine. */
export async function moduleOf(path: string, version?: string): Promise<GoModule> {
  const wanted = version === undefined ? path : `${path}@${version}`;
  const answer = await run("go", ["mod", "download", "-json", wanted], { folder: validatorSource });
  return JSON.parse(answer) as GoModule;
}
