import { at, textAt } from "../../check/kubernetes-object";
import { isTree, type Tree } from "../trees";

/** In seconds. */
const units = { h: 3600, m: 60, s: 1, ms: 0.001 } as const;

/** Seconds of a duration such as `1.5s` or `1m30s`; undefined: it is none. */
export function secondsIn(text: string): number | undefined {
  const parts = Object.entries(units).flatMap(([unit, seconds]) => {
    const amount = new RegExp(`([\\d.]+)${unit}(?![a-z])`).exec(text);
    return amount === null ? [] : [Number(amount[1]) * seconds];
  });
  return parts.length === 0 ? undefined : parts.reduce((sum, part) => sum + part);
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
