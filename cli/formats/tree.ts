import pc from "picocolors";
import { describeResource } from "../describe";
import { type Node, needs, wavesOf } from "../graph";
import type { Plan } from "../plan";

type Paint = ReturnType<typeof pc.createColors>;

export interface TreeOptions {
  readonly colours: boolean;
}

/** The plan for people: wave by wave, each resource with what it is and what it comes after. */
export function treeText(plan: Plan, { colours }: TreeOptions): string {
  const paint = pc.createColors(colours);
  const shown = wavesOf(plan.resources);
  const destroy = plan.removal === true;
  const width = Math.max(...plan.resources.map(({ name }) => name.length));
  const body = shown.flatMap((wave, index) => {
    const last = index === shown.length - 1;
    const heading = `${last ? "└─" : "├─"} ${paint.bold(headingOf(index, wave, destroy))}`;
    const lines = wave.map((node, row) => {
      const branch = `${last ? "   " : "│  "}${row === wave.length - 1 ? "└─" : "├─"} `;
      return `${branch}${paint.cyan(node.name.padEnd(width))}  ${lineOf(node, paint)}`;
    });
    return [heading, ...lines];
  });
  return `${[titleOf(plan, destroy), ...body, "", ...outputLines(plan, paint)].join("\n")}\n`;
}

function titleOf({ mesh, resources }: Plan, destroy: boolean): string {
  const root = resources.find(({ name }) => name === mesh);
  const what = root === undefined ? "" : describeResource(root).detail;
  const verb = destroy ? "to remove" : "to make";
  return `IstioMesh "${mesh}": ${what}. ${resources.length} resources ${verb}, wave by wave; within a wave side by side.`;
}

function headingOf(index: number, wave: readonly Node[], destroy: boolean): string {
  const alone = destroy && wave.length === 1 && wave[0]?.type === "command:local:Command";
  return `${index + 1}${alone ? "  (alone: if it fails, the mesh is still whole)" : ""}`;
}

function lineOf(node: Node, paint: Paint): string {
  const { kind, detail } = describeResource(node);
  return `${kind}: ${detail}${paint.dim(afterText(node))}`;
}

/** What it comes after, where that tells something: not its parent or provider, and of a long list only the number. */
function afterText(node: Node): string {
  const { dependsOn } = node;
  if (dependsOn.length === 0) return "";
  if (dependsOn.length > 3) return `  after ${dependsOn.length} others`;
  return `  after ${needs({ ...node, parent: null, options: {} }).join(", ")}`;
}

function outputLines({ outputs, warnings }: Plan, paint: Paint): readonly string[] {
  const url = outputs["url"];
  return [
    ...(typeof url === "string" ? [`url: ${url}`] : []),
    ...warnings.map((warning) => `${paint.yellow("warning")} ${warning}`),
  ];
}
