import { dependentsBy, type Node, needs } from "./graph";
import { isKept, keptOf } from "./kept";
import type { Plan } from "./plan";

/**
 * The plan of `destroy`: the waves backwards, and each resource after those that need it, without what Pulumi keeps.
 *
 * Pulumi removes by the same waves as it creates, backwards: all of the last wave, then all of the one before it.
 */
export function removalOf(plan: Plan): Plan {
  const dependents = dependentsOf(plan.resources);
  const last = Math.max(...plan.resources.map(({ wave }) => wave));
  const resources = removedOf(plan.resources).map((node) => {
    const options = Object.fromEntries(Object.entries(node.options).filter(([key]) => key !== "provider"));
    const dependsOn = dependents.get(node.name) ?? [];
    return { ...node, parent: null, options, dependsOn, wave: last - node.wave };
  });
  const kept = keptOf(plan.resources);
  return { ...plan, removal: true, kept, resources: [...resources].sort((one, other) => one.wave - other.wave) };
}

/** What is removed, from the last to the first. */
export function removedOf(nodes: readonly Node[]): readonly Node[] {
  return nodes.filter((node) => !isKept(node)).reverse();
}

/** The resources that need each one, by its name: they are removed before it. What Pulumi keeps holds nothing up. */
export function dependentsOf(nodes: readonly Node[]): ReadonlyMap<string, readonly string[]> {
  const removed = nodes.filter((node) => !isKept(node));
  return dependentsBy(removed, (node) => new Set(needs(node)));
}
