import { describeResource } from "../describe";
import { criticalPath } from "../graph";
import type { Plan } from "../plan";
import { essentialEdges, pictured } from "./edges";

/** The plan for Graphviz. */
export function dotText({ mesh, resources }: Plan): string {
  const slow = new Set(criticalPath(resources));
  const lines = [
    `digraph ${quoted(mesh)} {`,
    "  rankdir=LR;",
    "  node [shape=box, fontname=sans];",
    ...pictured(resources, mesh).map((node) => {
      const label = `${node.name}\n${describeResource(node).kind}`;
      return `  ${quoted(node.name)} [label=${quoted(label)}${slow.has(node.name) ? ", penwidth=3" : ""}];`;
    }),
    ...essentialEdges(resources, mesh).map(({ from, to }) => `  ${quoted(from)} -> ${quoted(to)};`),
    "}",
  ];
  return `${lines.join("\n")}\n`;
}

function quoted(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
}
