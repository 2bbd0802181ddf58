import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ChartFiles } from "../../../components/control-plane/charts/values/chart-keys";

/** The texts with which a chart's templates stop Helm: the first text of each call of `fail` and `required`. */
export function failCalls(folder: string): readonly string[] {
  const templates = join(folder, "templates");
  const files = readdirSync(templates, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const texts = files.flatMap((file) => callsIn(readFileSync(join(file.parentPath, file.name), "utf8")));
  return [...new Set(texts)].sort();
}

/** Of a long text its first sentence; what follows in the calls at hand are examples. */
export function callsIn(template: string): readonly string[] {
  const actions = template.replace(/\{\{-?\s*\/\*[\s\S]*?\*\/\s*-?\}\}/g, "").match(/\{\{[\s\S]*?\}\}/g) ?? [];
  return actions
    .filter((action) => /(^|[\s({|-])(fail|required)\s*[("]/.test(action))
    .map((action) => /(?:fail|required)[^"]*"((?:[^"\\]|\\.)*)"/.exec(action)?.[1] ?? action)
    .map((text) => /^.*?remove it\./.exec(text)?.[0] ?? text);
}

/** The files that values choose from, which all charts of a release have alike. */
export function chartFiles(folders: readonly string[]): ChartFiles {
  const lists = folders.map((folder) => readdirSync(join(folder, "files")));
  const named = (kind: string, other: RegExp) =>
    (lists[0] ?? [])
      .filter((file) => lists.every((list) => list.includes(file)))
      .flatMap((file) => {
        const name = new RegExp(`^profile-${kind}(.+)\\.yaml$`).exec(file)?.[1];
        return name === undefined || other.test(name) ? [] : [name];
      })
      .sort();
  return {
    profile: named("", /^(compatibility-version|platform)-/),
    compatibilityVersion: named("compatibility-version-", /^$/),
    platform: named("platform-", /^$/),
  };
}
