import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { istioMinors } from "../../../components/control-plane/charts/versions";
import { inCache } from "./cache";
import { chartNames, type ChartSet } from "./chart-set";
import { chartFolders, chartSet } from "./chart-folders";
import { run } from "./command";
import { helmProgram } from "./helm-program";

/** Of each minor in the versions table the newest patch that a chart repository has; a minor may be missing in it. */
export async function repositoryCharts(repository: string): Promise<readonly ChartSet[]> {
  const helm = await helmProgram();
  if (helm === undefined) throw new Error("ISTIO_CHARTS is an address: to fetch from it takes helm or go on the PATH");
  const sets: ChartSet[] = [];
  for (const { minor } of istioMinors) {
    const version = await newestPatch({ helm, repository }, minor);
    if (version !== undefined) sets.push(await fetched({ helm, repository }, version));
  }
  if (sets.length === 0) throw new Error(`${repository} has Istio's charts of no minor that is known here`);
  return sets;
}

interface Source {
  readonly helm: string;
  readonly repository: string;
}

function chartIn({ repository }: Source, chart: string): readonly string[] {
  return repository.startsWith("oci://")
    ? [`${repository.replace(/\/$/, "")}/${chart}`]
    : [chart, "--repo", repository];
}

/** What Helm says of a chart that is not there, in the ways of its three kinds of places. */
const missing = /no chart version found|could not locate a version|not found/i;

async function newestPatch(source: Source, minor: string): Promise<string | undefined> {
  try {
    const shown = await run(source.helm, ["show", "chart", ...chartIn(source, "base"), "--version", `~${minor}.0`]);
    return (parse(shown) as { readonly version: string }).version;
  } catch (error) {
    if (missing.test(String(error))) return undefined;
    throw error;
  }
}

async function fetched(source: Source, version: string): Promise<ChartSet> {
  const key = createHash("sha256").update(source.repository).digest("hex").slice(0, 12);
  const target = inCache("fetched", key, version);
  const unfinished = `${target}.${process.pid}`;
  mkdirSync(target, { recursive: true });
  for (const chart of chartNames.filter((name) => !existsSync(join(target, name)))) {
    const way = ["--version", version, "--untar", "--untardir", unfinished];
    await run(source.helm, ["pull", ...chartIn(source, chart), ...way]);
    renameSync(join(unfinished, chart), join(target, chart));
  }
  rmSync(unfinished, { recursive: true, force: true });
  return chartSet(version, `${source.repository} ${version}`, chartFolders(target));
}
