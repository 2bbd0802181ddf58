import type { Plan } from "../plan/plan";
import { pictureOf } from "./boxes";
import { escapeMermaid } from "./mermaid-text";

/** The plan as a Mermaid flowchart, for Markdown. */
export function mermaidText(plan: Plan): string {
  const { boxes, arrows } = pictureOf(plan);
  const ids = new Map(boxes.map(({ id }, index) => [id, `n${index}`]));
  const slow = boxes.filter((box) => box.slow).map(({ id }) => String(ids.get(id)));
  const lines = [
    "flowchart LR",
    ...boxes.map(
      ({ id, label, kind }) => `  ${String(ids.get(id))}["${escapeMermaid(label)}<br/>${escapeMermaid(kind)}"]`,
    ),
    ...arrows.map(({ from, to }) => `  ${String(ids.get(from))} --> ${String(ids.get(to))}`),
    ...(slow.length === 0 ? [] : ["  classDef slow stroke-width:3px", `  class ${slow.join(",")} slow`]),
  ];
  return `${lines.join("\n")}\n`;
}
