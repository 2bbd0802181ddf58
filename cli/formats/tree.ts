import pc from "picocolors";
import { describeResource } from "../plan/describe";
import { foldGroups, groupName, groupText } from "../plan/folding";
import { type Node, needs, wavesOf } from "../plan/graph";
import { cleanupSeconds } from "../plan/kept";
import type { Plan } from "../plan/plan";
import { wrap } from "../wrap";

type Paint = ReturnType<typeof pc.createColors>;

export interface TreeOptions {
  readonly colours: boolean;
  /** Columns that a line may have; none: as many as it needs. */
  readonly width?: number | undefined;
  /** Each resource has a row of its own. */
  readonly all?: boolean | undefined;
}

const foldedNote = "N × stands for several resources that are alike; --all shows each.";

/** A line of the tree: one resource, or several that are alike. */
interface Row {
  readonly nodes: readonly Node[];
  readonly name: string;
}

/** How the rows are laid out. */
interface Layout {
  readonly paint: Paint;
  readonly width: number;
  /** Columns of the names. */
  readonly names: number;
  /** Names of the rows by the names of their resources. */
  readonly rowOf: ReadonlyMap<string, string>;
}

/** The plan for people: wave by wave, each resource with what it is and what it comes after. */
export function treeText(plan: Plan, { colours, width = Infinity, all = false }: TreeOptions): string {
  const paint = pc.createColors(colours);
  const rows = (all ? plan.resources.map((node) => [node]) : foldGroups(plan.resources)).map((nodes) => ({
    nodes,
    name: groupName(nodes.map(({ name }) => name)),
  }));
  const longest = Math.max(...rows.map(({ name }) => name.length));
  const rowOf = new Map(rows.flatMap(({ nodes, name }) => nodes.map((node) => [node.name, name] as const)));
  const layout = { paint, width, names: Math.min(longest, Math.floor(width * 0.4)), rowOf };
  const shown = wavesOf(plan.resources);
  const destroy = plan.removal === true;
  const body = shown.flatMap((wave, index) => {
    const last = index === shown.length - 1;
    const heading = `${last ? "└─" : "├─"} ${paint.bold(headingOf(index, wave, destroy))}`;
    const ofWave = rows.filter(({ nodes }) => nodes[0]?.wave === index);
    const lines = ofWave.flatMap((row, place) => rowLines(row, [last, place === ofWave.length - 1], layout));
    return [heading, ...lines];
  });
  const folded = rows.length < plan.resources.length;
  return `${[
    ...wrap(titleOf(plan, destroy), width),
    ...body,
    "",
    ...keptLines(plan, width),
    ...(folded ? wrap(foldedNote, width).map((line) => paint.dim(line)) : []),
    ...outputLines(plan, layout),
  ].join("\n")}\n`;
}

function titleOf({ mesh, resources }: Plan, destroy: boolean): string {
  const root = resources.find(({ name }) => name === mesh);
  const what = root === undefined ? "" : describeResource(root).detail;
  const verb = destroy ? "to remove" : "to make";
  return `IstioMesh "${mesh}": ${what}. ${resources.length} resources ${verb}, wave by wave; within a wave side by side.`;
}

function headingOf(index: number, wave: readonly Node[], destroy: boolean): string {
  const [only, ...others] = wave;
  const seconds = destroy && only !== undefined && others.length === 0 ? cleanupSeconds(only) : undefined;
  if (seconds === undefined) return String(index + 1);
  return `${index + 1}  (alone, for at most ${seconds} s: if it fails, the mesh is still whole)`;
}

function keptLines({ kept }: Plan, width: number): readonly string[] {
  if (kept === undefined || kept.length === 0) return [];
  const items = kept.flatMap(({ what, why }) =>
    wrap(`${what}: ${why}`, width - 4).map((line, index) => `  ${index === 0 ? "-" : " "} ${line}`),
  );
  return ["What stays:", ...items, ""];
}

/** A row and the lines below it where it is too long; `lasts`: whether its wave, and itself in it, is the last one. */
function rowLines(row: Row, [lastWave, last]: readonly [boolean, boolean], layout: Layout): readonly string[] {
  const { paint, width, names, rowOf } = layout;
  const bar = lastWave ? "   " : "│  ";
  const below = `${bar}${last ? "   " : "│  "}`;
  const columns = Math.max(20, width - below.length - names - 2);
  const texts = [...wrap(groupText(row.nodes), columns)];
  const after = afterText(row.nodes, rowOf);
  const [end = ""] = texts.slice(-1);
  const painted =
    after === "" || end.length + 2 + after.length <= columns
      ? [...texts.slice(0, -1), `${end}${after === "" ? "" : paint.dim(`  ${after}`)}`]
      : [...texts, ...wrap(after, columns).map((line) => paint.dim(line))];
  const head = `${bar}${last ? "└─" : "├─"} ${paint.cyan(row.name.padEnd(names))}`;
  const gap = " ".repeat(names + 2);
  if (row.name.length > names) return [head, ...painted.map((line) => `${below}${gap}${line}`)];
  return painted.map((line, index) => (index === 0 ? `${head}  ${line}` : `${below}${gap}${line}`));
}

/** What it comes after, where that is of use: not its parent or provider, and of a long list only the number. */
function afterText(nodes: readonly Node[], rowOf: ReadonlyMap<string, string>): string {
  const all = nodes.flatMap((node) => needs({ ...node, parent: null, options: {} }));
  const names = new Set(nodes.length === 1 ? all : all.map((name) => rowOf.get(name)));
  if (names.size === 0) return "";
  return names.size > 3 ? `after ${names.size} others` : `after ${[...names].join(", ")}`;
}

function outputLines({ outputs, warnings }: Plan, { paint, width }: Layout): readonly string[] {
  const url = outputs["url"];
  return [
    ...(typeof url === "string" ? [`url: ${url}`] : []),
    ...warnings.flatMap((warning) => {
      const [first = "", ...rest] = wrap(warning, width - "warning ".length);
      return [`${paint.yellow("warning")} ${first}`, ...rest.map((line) => `        ${line}`)];
    }),
  ];
}
