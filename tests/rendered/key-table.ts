import { chartFiles, failCalls } from "./sources/chart-failures";
import type { ChartKeysTable, KeyTree } from "../../components/control-plane/charts/values/chart-keys";
import { type ChartSet, chartNames, minorText } from "./sources/chart-set";
import type { KeysOf } from "./sources/keys-of-chart";
import { valueSchemaOf } from "./sources/value-schema";

/** What `npm run chart-keys` writes of the charts of one release. */
export async function keyTable({ version, origin, charts }: ChartSet, keysOf: KeysOf): Promise<ChartKeysTable> {
  const rows = chartNames.map(async (chart) => {
    const keys = await keysOf({ chart, version, folder: charts[chart] });
    if (keys === undefined) throw new Error(`nobody knows what the chart ${chart} ${version} reads`);
    const schema = valueSchemaOf(charts[chart]);
    return [
      chart,
      {
        ...{ flattened: wordsOf(keys.flattened), closed: wordsOf(keys.closed), moved: keys.moved },
        ...(schema === undefined ? {} : { schema }),
        ...{ fails: wordsOf(failCalls(charts[chart])), reads: treeOf(keys.reads) },
      },
    ] as const;
  });
  const { profile, compatibilityVersion, platform } = chartFiles(Object.values(charts));
  const files = {
    ...{ profile: wordsOf(profile), compatibilityVersion: wordsOf(compatibilityVersion) },
    platform: wordsOf(platform),
  };
  return { minor: minorText(version), source: origin, files, charts: Object.fromEntries(await Promise.all(rows)) };
}

/** A set of words as JSON can have it in one form only. */
function wordsOf(words: readonly string[]): KeyTree {
  return Object.fromEntries(words.filter((word) => !word.startsWith("_")).map((word) => [word, {}]));
}

/** Paths as a tree: what is read below `env.*` stands below `env`, `*`. */
function treeOf(paths: readonly string[]): KeyTree {
  const root: Record<string, unknown> = {};
  for (const path of paths) {
    path.split(".").reduce<Record<string, unknown>>((at, key) => {
      const below = (at[key] ?? {}) as Record<string, unknown>;
      at[key] = below;
      return below;
    }, root);
  }
  return pruned(root as unknown as KeyTree);
}

/** Where everything below is read, single keys below say nothing more. */
function pruned(tree: KeyTree): KeyTree {
  if ("**" in tree) return { "**": {} };
  return Object.fromEntries(Object.entries(tree).map(([key, below]) => [key, pruned(below)]));
}
