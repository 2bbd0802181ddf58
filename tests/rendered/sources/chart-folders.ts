import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { parse } from "yaml";
import type { ChartName } from "../../../components/plan/enums";
import { type ChartSet, chartNames } from "./chart-set";

/** One chart's folder and what its Chart.yaml calls it. */
export interface ChartFolder {
  readonly folder: string;
  readonly name: string;
  readonly version: string;
}

/** Version of charts that no release builder has stamped yet. */
export const placeholder = "1.0.0";

/** Every Chart.yaml below a folder, not deeper than a checkout of Istio has them. */
export function chartFolders(folder: string, depth = 6): readonly ChartFolder[] {
  const file = join(folder, "Chart.yaml");
  if (existsSync(file)) {
    const { name, version } = parse(readFileSync(file, "utf8")) as { readonly name: string; readonly version: string };
    return [{ folder, name, version }];
  }
  if (depth === 0) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .flatMap((entry) => chartFolders(join(folder, entry.name), depth - 1));
}

/** Puts charts of one version together; a missing one is an error, since nothing could be said of a mesh without it. */
export function chartSet(version: string, origin: string, folders: readonly ChartFolder[]): ChartSet {
  const found = chartNames.map((name) => {
    const chart = folders.find((one) => one.name === name);
    if (chart === undefined) throw new Error(`${origin} has no chart ${name} of version ${version}`);
    return [name, chart.folder] as const;
  });
  return { version, origin, charts: Object.fromEntries(found) as Record<ChartName, string> };
}

/**
 * Copies charts as the release builder does: with version, registry and tag of a release in place of the placeholders.
 * Source: istio/release-builder pkg/build/helm.go
 */
export function stamped(folders: readonly ChartFolder[], version: string, target: string): readonly ChartFolder[] {
  const wanted = folders.filter(({ name }) => (chartNames as readonly string[]).includes(name));
  return wanted.map(({ folder, name }) => {
    const copy = join(target, name);
    if (!existsSync(copy)) stampInto(folder, version, copy);
    return { folder: copy, name, version };
  });
}

function stampInto(source: string, version: string, copy: string): void {
  const unfinished = join(dirname(copy), `.${basename(copy)}-${process.pid}`);
  rmSync(unfinished, { recursive: true, force: true });
  copyText(source, unfinished, (file, text) => {
    if (file === "Chart.yaml") return text.replace(/^(version|appVersion): .*$/gm, `$1: ${version}`);
    if (file !== "values.yaml") return text;
    return text
      .replace(/^(\s*)hub: \S+\/\S+$/gm, "$1hub: docker.io/istio")
      .replace(/^(\s*)tag: latest$/gm, `$1tag: ${version}`);
  });
  renameSync(unfinished, copy);
}

/** Copies text files, which a chart is made of, so that the copy may be changed even where the original is read-only. */
function copyText(source: string, target: string, change: (file: string, text: string) => string): void {
  mkdirSync(target, { recursive: true });
  for (const entry of readdirSync(source, { withFileTypes: true })) {
    const [from, to] = [join(source, entry.name), join(target, entry.name)];
    if (entry.isDirectory()) copyText(from, to, (_, text) => text);
    else writeFileSync(to, change(entry.name, readFileSync(from, "utf8")));
  }
}
