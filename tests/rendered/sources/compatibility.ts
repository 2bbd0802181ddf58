import { readdirSync } from "node:fs";
import { join } from "node:path";
import semver from "semver";
import { istioMinors } from "../../../components/control-plane/charts/versions";
import type { ChartFolder } from "./chart-folders";
import { minorText } from "./chart-set";

/** The release that charts without a release's stamp stand for: the newest patch of their minor. */
export function releaseOf(folders: readonly ChartFolder[]): string {
  // A chart can behave like each minor before its own.
  const [major = "1", before = "0"] = minorText(newestCompatibility(folders)).split(".");
  const minor = `${major}.${Number(before) + 1}`;
  return istioMinors.find((row) => row.minor === minor)?.newestPatch ?? `${minor}.0`;
}

/** The newest minor that charts can behave like: they bring a file for each. */
function newestCompatibility(folders: readonly ChartFolder[]): string {
  const base = folders.find(({ name }) => name === "base");
  if (base === undefined) throw new Error("no chart base, so nobody knows of which minor these charts are");
  const minors = readdirSync(join(base.folder, "files")).flatMap((file) => {
    const version = /^profile-compatibility-version-(\d+\.\d+)\.yaml$/.exec(file)?.[1];
    return version === undefined ? [] : [`${version}.0`];
  });
  const [newest] = minors.sort(semver.rcompare);
  if (newest === undefined) throw new Error("these charts do not say like which minors they can behave");
  return newest;
}
