import type { Node } from "../plan/graph";
import { keptOf } from "../plan/kept";
import type { Plan } from "../plan/plan";
import { dependentsOf, removedOf } from "../plan/removal";

/** The plan as stable JSON, for programs to read. */
export function jsonText(plan: Plan): string {
  return textOf(plainPlan(plan));
}

/** What `jsonText` prints, as data. */
export function plainPlan({ resources, outputs, warnings }: Plan) {
  return { resources: resources.map(plainOf), outputs, warnings };
}

/** The same in the order of removal: `removedAfter` names what needs each resource, and is removed before it; `kept` is what stays. */
export function removalJsonText({ resources, outputs, warnings }: Plan): string {
  const dependents = dependentsOf(resources);
  const plain = removedOf(resources).map((node) => {
    const removedAfter = dependents.get(node.name) ?? [];
    return { ...plainOf(node), removedAfter };
  });
  return textOf({ resources: plain, outputs, warnings, kept: keptOf(resources) });
}

function plainOf({ name, type, parent, dependsOn, inputs, options }: Node) {
  return { name, type, parent, dependsOn, inputs, options };
}

function textOf(plan: object): string {
  return `${JSON.stringify(plan, null, 2)}\n`;
}
