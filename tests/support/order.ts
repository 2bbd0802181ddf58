import type { Recorded } from "../../cli/plan/recording";

/** The order in which Pulumi's engine works, told from what the program registered. */
export interface Order {
  /** Whether the engine starts to make `later` only when `earlier` is there. */
  readonly waits: (later: string, earlier: string) => boolean;
  /** Everything that the engine makes before it starts with this one. */
  readonly before: (name: string) => ReadonlySet<string>;
  /** What the engine removes, level by level: all of one level at once, and the next when the slowest has gone. */
  readonly removal: readonly (readonly string[])[];
  /** Number of the level on which something is removed, from 1. */
  readonly level: (name: string) => number;
}

/**
 * Tells the order.
 *
 * The engine starts to make something as soon as all that it depends on exists: dependencies, parent, provider. It does
 * not remove in the same way: its `ScheduleDeletes` (pulumi/pulumi pkg/resource/deploy/step_generator.go) layers off all
 * that depends on nothing, then all that depends only on those, and so on, and removes the layers from the last to the
 * first. So nothing goes as early as it could; what has a short chain below it goes late.
 */
export function orderOf(resources: readonly Recorded[]): Order {
  const dependencies = new Map(resources.map((resource) => [resource.name, dependenciesOf(resource)]));
  const unknown = [...dependencies.values()].flat().find((name) => !dependencies.has(name));
  if (unknown !== undefined) throw new Error(`something comes after ${unknown}, which is not there`);
  const before = (name: string): ReadonlySet<string> => {
    const found = new Set<string>();
    const waiting = [...(dependencies.get(name) ?? [])];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (found.has(next)) continue;
      found.add(next);
      waiting.push(...(dependencies.get(next) ?? []));
    }
    return found;
  };
  const removal = layersOf(dependencies).reverse();
  return {
    waits: (later, earlier) => before(exists(later)).has(exists(earlier)),
    before,
    removal,
    level: (name) => removal.findIndex((level) => level.includes(exists(name))) + 1,
  };

  function exists(name: string): string {
    if (!dependencies.has(name)) throw new Error(`nothing is called ${name}`);
    return name;
  }
}

function dependenciesOf({ dependsOn, parent, options }: Recorded): readonly string[] {
  const { provider, deletedWith } = options;
  return [...dependsOn, parent, provider, deletedWith].filter((name) => typeof name === "string");
}

function layersOf(dependencies: ReadonlyMap<string, readonly string[]>): string[][] {
  const remaining = new Set(dependencies.keys());
  const layers: string[][] = [];
  while (remaining.size > 0) {
    const free = [...remaining].filter((name) => !dependencies.get(name)?.some((other) => remaining.has(other)));
    if (free.length === 0) throw new Error(`these wait for each other: ${[...remaining].join(", ")}`);
    layers.push(free);
    for (const name of free) remaining.delete(name);
  }
  return layers;
}
