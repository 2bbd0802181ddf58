import { createHash } from "node:crypto";
import { join } from "node:path";
import { istioMinors } from "../../../components/charts/versions";
import { inCache } from "./cache";
import { type ChartSet, minorText } from "./chart-set";
import { chartFolders, chartSet, stamped } from "./chart-folders";
import { run } from "./command";
import { newestCompatibility } from "./compatibility";
import { proverSource } from "./prover";

/**
 * The charts in the Go module of Istio against which the prover is built.
 *
 * It is the only release of Istio's charts that a package registry has. It is no tagged release: the charts stand for
 * the newest patch of their minor.
 */
export async function moduleCharts(): Promise<ChartSet> {
  const { Dir: folder, Path: path, Version: commit } = await moduleOf("istio.io/istio");
  const folders = chartFolders(join(folder, "manifests", "charts"));
  const minor = minorAfter(newestCompatibility(folders));
  const version = istioMinors.find((row) => row.minor === minor)?.newestPatch ?? `${minor}.0`;
  const copy = inCache("charts", createHash("sha256").update(commit).digest("hex").slice(0, 12), version);
  return chartSet(version, `${path} ${commit}`, stamped(folders, version, copy));
}

/** A chart can behave like each minor before its own. */
function minorAfter(newest: string): string {
  const [major = "1", minor = "0"] = minorText(newest).split(".");
  return `${major}.${Number(minor) + 1}`;
}

interface GoModule {
  readonly Path: string;
  readonly Version: string;
  readonly Dir: string;
}

/** A module in the version of the prover's go.mod, or in another one, unpacked on this machine. */
export async function moduleOf(path: string, version?: string): Promise<GoModule> {
  const wanted = version === undefined ? path : `${path}@${version}`;
  const answer = await run("go", ["mod", "download", "-json", wanted], { folder: proverSource });
  return JSON.parse(answer) as GoModule;
}
