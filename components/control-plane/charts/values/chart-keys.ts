import semver from "semver";
import { closest } from "../../../inputs/suggestions/closest";
import type { Tree } from "../../../plan/input-value";
import type { ChartName } from "../../../plan/enums";
import { isTree } from "./chart-values";
import keysOf128 from "./keys/1.28.json";
import keysOf129 from "./keys/1.29.json";
import keysOf130 from "./keys/1.30.json";
import keysOf131 from "./keys/1.31.json";
import keysOf132 from "./keys/1.32.json";
import { type RefusedValue, refusedBySchema, type ValueSchema } from "./value-schema";
import { minorOf } from "../versions";

/** Keys below keys. `*` stands for any key, `**` for all that is below. */
export interface KeyTree {
  readonly [key: string]: KeyTree;
}

/** What the templates of one chart read of its values. */
export interface ChartKeys {
  readonly reads: KeyTree;
  /** Blocks whose members count as if they stood at the top: `pilot` in istiod, `global` in ztunnel and gateway. */
  readonly flattened: KeyTree;
  /** The only keys that the chart's schema admits at the top; none: it has no schema, and admits every key. */
  readonly closed: KeyTree;
  /** What the chart's schema requires of the values at those keys. */
  readonly schema?: ValueSchema;
  /** Keys of older charts that this one no longer reads, and what has taken their place. */
  readonly moved: Readonly<Record<string, string>>;
  /** Texts of the calls in its templates that stop Helm (`fail`, `required`). Read of the newest charts only. */
  readonly fails?: KeyTree;
}

/** Files in the charts of one release that values choose by their names; the same in each of its charts. */
export interface ChartFiles<Names = readonly string[]> {
  readonly profile: Names;
  readonly compatibilityVersion: Names;
  readonly platform: Names;
}

/** What the charts of one minor read. Written by `npm run chart-keys` from the charts themselves. */
export interface ChartKeysTable {
  readonly minor: string;
  readonly source: string;
  /** Read of the newest charts only. */
  readonly files?: ChartFiles<KeyTree>;
  readonly charts: Readonly<Record<string, ChartKeys>>;
}

/** One table for each minor of the versions table. */
export const chartKeysTables: readonly ChartKeysTable[] = [keysOf128, keysOf129, keysOf130, keysOf131, keysOf132];

/**
 * The files that values of a release's charts choose from. Of a minor whose files nobody has listed: the newest charts', and
 * every minor before its own to be compatible with, since the oldest of those is not known.
 */
export function chartFilesOf(version: string): ChartFiles {
  const own = chartKeysTables.find(({ minor }) => minor === minorOf(version)?.minor)?.files;
  const { profile, platform, compatibilityVersion } = own === undefined ? keysOf131.files : own;
  return {
    profile: Object.keys(profile),
    platform: Object.keys(platform),
    compatibilityVersion: own === undefined ? minorsBefore(version) : Object.keys(compatibilityVersion),
  };
}

function minorsBefore(version: string): readonly string[] {
  const count = semver.minor(version) - oldestCompatible;
  return Array.from({ length: count }, (_, index) => `1.${oldestCompatible + index}`);
}

/** The first minor that charts could behave like. Source: istio.io 1.20 change notes, "Compatibility versions" */
const oldestCompatible = 20;

/** A value that no template of the chart reads. */
export interface UnreadKey {
  /** Its place below the chart's values. */
  readonly path: readonly string[];
  readonly value: unknown;
  /** What to write instead, or what was probably meant, if anything like it is read. */
  readonly hint: string | undefined;
  /** The chart's schema refuses it, so that Helm would stop. */
  readonly refused: boolean;
}

/** Finds what a chart does not read of the values it is given. Of a minor without a table: nothing. */
export function unreadKeys(chart: ChartName, version: string, values: unknown): readonly UnreadKey[] {
  const keys = keysOf(chart, version);
  return keys === undefined || !isTree(values) ? [] : unreadBelow(keys, { path: [], values, trees: [keys.reads] });
}

/** Finds the values that the gateway chart's schema refuses. Of a minor without a table: nothing. */
export function refusedGatewayValues(version: string, values: Tree): readonly RefusedValue[] {
  const schema = keysOf("gateway", version)?.schema;
  return schema === undefined ? [] : refusedBySchema(schema, values);
}

function keysOf(chart: ChartName, version: string): ChartKeys | undefined {
  const minor = minorOf(version)?.minor;
  return chartKeysTables.find((table) => table.minor === minor)?.charts[chart];
}

/** A block of values and the trees that say what is read of it. */
interface Block {
  readonly path: readonly string[];
  readonly values: Tree;
  readonly trees: readonly KeyTree[];
}

function unreadBelow(keys: ChartKeys, { path, values, trees }: Block): readonly UnreadKey[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const here = [...path, key];
    const flattened = path.length === 0 && keys.flattened[key] !== undefined ? [keys.reads] : [];
    const below = [...trees.flatMap((tree) => [tree[key], tree["*"]]), ...flattened].filter(
      (tree) => tree !== undefined,
    );
    if (trees.some(isOpen) || below.some(isOpen)) return [];
    if (below.length === 0) return [unreadKey(keys, { path: here, value, trees })];
    // Entries of a list stand below `*`; what is no block is read where its key is.
    return isTree(value) ? unreadBelow(keys, { path: here, values: value, trees: below }) : [];
  });
}

function isOpen(tree: KeyTree): boolean {
  return tree["**"] !== undefined;
}

interface Unread {
  readonly path: readonly string[];
  readonly value: unknown;
  readonly trees: readonly KeyTree[];
}

function unreadKey(keys: ChartKeys, { path, value, trees }: Unread): UnreadKey {
  const closed = Object.keys(keys.closed);
  return {
    path,
    value,
    hint: hintOf(keys, path, trees),
    refused: path.length === 1 && closed.length > 0 && !closed.includes(path.join()),
  };
}

/** What has taken its place; else a key beside it that is spelt much the same; else the same key elsewhere in the chart. */
function hintOf({ moved, reads }: ChartKeys, path: readonly string[], trees: readonly KeyTree[]): string | undefined {
  const instead = moved[path.join(".")];
  if (instead !== undefined) return `use ${instead} instead.`;
  const [above, key] = [path.slice(0, -1), path.slice(-1).join("")];
  const near = closest(
    key,
    trees.flatMap((tree) => Object.keys(tree)).filter((known) => known !== "*"),
  );
  if (near !== undefined) return `did you mean \`${[...above, near].join(".")}\`?`;
  const elsewhere = pathsOf(reads).find((known) => known.endsWith(`.${key}`) || known === key);
  return elsewhere === undefined ? undefined : `did you mean \`${elsewhere}\`?`;
}

function pathsOf(tree: KeyTree): readonly string[] {
  return Object.entries(tree).flatMap(([key, below]) =>
    key.startsWith("*") ? [] : [key, ...pathsOf(below).map((path) => `${key}.${path}`)],
  );
}
