import { mergeLayers } from "../../../components/control-plane/charts/values/chart-values";
import { resolveIstioMesh } from "../../../components/mesh/resolve-mesh-args";
import type { Block } from "../tree";
import { type Option, options } from "./options";
import type { Subject } from "./rendered-mesh";

/** One choice for each option. */
type Choice = Readonly<Record<string, string>>;

/**
 * Meshes such that every two choices that go together at all are together in one of them.
 *
 * A fault between two options shows in some pair; all combinations would be millions.
 */
export function matrix(version: string, canary: string): readonly Subject[] {
  const all = options(version, canary);
  const open = new Map(pairs(all).map((pair) => [pairKey(pair), pair]));
  const random = numbers();
  const subjects: Subject[] = [];
  for (const [key, pair] of open) {
    const best = bestChoice(all, { pair, open, random });
    if (best === undefined) {
      open.delete(key);
      continue;
    }
    for (const covered of keysOf(best)) open.delete(covered);
    subjects.push({ title: titleOf(best), args: argsOf(all, best) });
  }
  return subjects;
}

type Pair = readonly [readonly [string, string], readonly [string, string]];

function pairs(all: Readonly<Record<string, Option>>): readonly Pair[] {
  const names = Object.keys(all);
  return names.flatMap((one, index) =>
    names.slice(index + 1).flatMap((other) =>
      Object.keys(all[one] ?? {}).flatMap((first) =>
        Object.keys(all[other] ?? {}).map((second): Pair => [
          [one, first],
          [other, second],
        ]),
      ),
    ),
  );
}

function pairKey([one, other]: Pair): string {
  return [one, other].map(([name, value]) => `${name}=${value}`).join(" ");
}

function keysOf(choice: Choice): readonly string[] {
  const entries = Object.entries(choice);
  return entries.flatMap((one, index) => entries.slice(index + 1).map((other) => pairKey([one, other])));
}

interface Search {
  readonly pair: Pair;
  readonly open: ReadonlyMap<string, Pair>;
  readonly random: () => number;
}

/** Of some meshes with this pair the one that covers most; none: the two do not go together. */
function bestChoice(all: Readonly<Record<string, Option>>, { pair, open, random }: Search): Choice | undefined {
  const candidates = Array.from({ length: 60 }, (_, attempt): Choice => {
    const free = Object.entries(all).map(([name, values]) => {
      const keys = Object.keys(values);
      // Later attempts leave more at its first value, which goes with nearly everything.
      const usual = random() < attempt / 60;
      return [name, usual ? (keys[0] ?? "") : (keys[Math.floor(random() * keys.length)] ?? "")] as const;
    });
    return { ...Object.fromEntries(free), ...Object.fromEntries(pair) };
  });
  const gain = (choice: Choice) => keysOf(choice).filter((key) => open.has(key)).length;
  const sorted = candidates
    .map((choice) => ({ choice, gain: gain(choice) }))
    .sort((one, other) => other.gain - one.gain);
  return sorted.find(({ choice }) => goesTogether(choice) && isValid(argsOf(all, choice)))?.choice;
}

/** Of a control plane elsewhere the chart reads few values, and which of them a user writes is his own affair. */
function goesTogether(choice: Choice): boolean {
  return choice["values"] === "none" || choice["profile"]?.startsWith("remote") !== true;
}

function isValid(args: Block): boolean {
  return resolveIstioMesh(args).problems.length === 0;
}

function argsOf(all: Readonly<Record<string, Option>>, choice: Choice): Block {
  const layers = Object.entries(choice).map(([name, value]) => all[name]?.[value] ?? {});
  return mergeLayers({ cluster: { name: "prod" } }, ...layers);
}

/** What is not at its first value. */
function titleOf(choice: Choice): string {
  const first = options("", "");
  const reported = Object.entries(choice).filter(([name, value]) => Object.keys(first[name] ?? {})[0] !== value);
  return [
    choice["mode"],
    ...reported.filter(([name]) => name !== "mode").map(([name, value]) => `${name} ${value}`),
  ].join(", ");
}

/** The same numbers between 0 and 1 in every run, so that a finding can be seen again. */
function numbers(): () => number {
  let state = 20260827;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
