import type { Plan } from "../plan/plan";
import { pictureOf } from "./boxes";

/** The plan for Graphviz. */
export function dotText(plan: Plan): string {
  const { boxes, arrows } = pictureOf(plan);
  const lines = [
    `digraph ${quoted(plan.mesh)} {`,
    "  rankdir=LR;",
    "  node [shape=box, fontname=sans];",
    ...boxes.map(
      ({ id, label, kind, slow }) =>
        `  ${quoted(id)} [label=${quoted(`${label}\n${kind}`)}${slow ? ", penwidth=3" : ""}];`,
    ),
    ...arrows.map(({ from, to }) => `  ${quoted(from)} -> ${quoted(to)};`),
    "}",
  ];
  return `${lines.join("\n")}\n`;
}

function quoted(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
}
