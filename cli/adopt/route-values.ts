import { at, textAt } from "../check/kubernetes-object";
import { isTree, type Tree } from "./trees";

/** Seconds of a duration such as `1.5s` or `1s500ms`; undefined: there is none. */
export function secondsIn(text: string): number | undefined {
  if (text === "") return undefined;
  const [, seconds = "0", milliseconds = "0"] = /^(?:([\d.]+)s)?(?:(\d+)ms)?$/.exec(text) ?? [];
  return Number(seconds) + Number(milliseconds) / 1000;
}

/** `{ name: { exact: value } }`, as VirtualServices have it. */
export function exactIn(block: unknown): Tree {
  const entries = Object.entries(isTree(block) ? block : {});
  return Object.fromEntries(entries.map(([name, value]) => [name, at(value, "exact")]));
}

/** `[{ name, value }]`, as HTTPRoutes have it. */
export function pairsOf(list: readonly unknown[]): Tree {
  return Object.fromEntries(list.map((one) => [textAt(one, "name"), at(one, "value")]));
}

/** A list where it has elements. */
export function someOf(list: readonly unknown[]): readonly unknown[] | undefined {
  return list.length === 0 ? undefined : list;
}
