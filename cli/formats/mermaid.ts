import { describeResource } from "../describe";
import { criticalPath } from "../graph";
import type { Plan } from "../plan";
import { essentialEdges, pictured } from "./edges";

/** The plan as a Mermaid flowchart, for Markdown. */
export function mermaidText({ mesh, resources }: Plan): string {
  const nodes = pictured(resources, mesh);
  const ids = new Map(nodes.map(({ name }, index) => [name, `n${index}`]));
  const slow = criticalPath(resources).flatMap((name) => ids.get(name) ?? []);
  const lines = [
    "flowchart LR",
    ...nodes.map(
      (node) => `  ${String(ids.get(node.name))}["${escaped(node.name)}<br/>${escaped(describeResource(node).kind)}"]`,
    ),
    ...essentialEdges(resources, mesh).map(({ from, to }) => `  ${String(ids.get(from))} --> ${String(ids.get(to))}`),
    "  classDef slow stroke-width:3px",
    `  class ${slow.join(",")} slow`,
  ];
  return `${lines.join("\n")}\n`;
}

function escaped(text: string): string {
  return text.replaceAll('"', "#quot;").replaceAll("<", "#lt;").replaceAll("*", "#42;");
}
