import pc from "picocolors";
import { display } from "../../components/inputs/display";
import { problemsIn } from "../../components/inputs/problem";
import type { PlanChanges } from "../against/plan-changes";
import { foldGroups, groupName, groupText } from "../plan/folding";
import type { Node } from "../plan/graph";
import { wrap } from "../wrap";
import { type Difference, differencesOf } from "./alike";
import type { ComparedGroup, FleetPlan } from "./fleet-plan";
import type { PlannedCluster } from "./planned-cluster";

export interface FleetTextOptions {
  readonly colours: boolean;
  /** Columns of a line. */
  readonly width: number;
}

/** So many values of a member, and so many clusters, are shown; `--all` and JSON have the others. */
const shownValues = 3;
const shownNames = 6;

/** The fleet for people: what each cluster has and where it differs from the defaults, clusters that are alike together. */
export function fleetText(fleet: FleetPlan, { colours, width }: FleetTextOptions): string {
  const paint = pc.createColors(colours);
  const all = clustersOf(fleet);
  const wrong = all.filter(({ problems }) => problems.length > 0).length;
  const end = wrong === 0 ? "." : `, ${paint.red(`${wrong} with problems`)}.`;
  const lines = fleet.rings.flatMap(({ name, clusters, groups }) => [
    "",
    paint.bold(`ring ${name}: ${counted(clusters.length, "cluster")}`),
    ...groups.flatMap((group) => groupLines(group)).flatMap((line) => indented(line, width)),
  ]);
  const { defaultsProblem: lacking } = fleet;
  const note =
    lacking === undefined
      ? []
      : ["", `The defaults are no whole mesh (${lacking}), so that resources are not compared with theirs.`];
  return `${[
    `${fleet.file}: ${counted(all.length, "cluster")} in ${counted(fleet.rings.length, "ring")}${end}`,
    ...lines,
    ...note.flatMap((line) => wrap(line, width)),
    ...warningTexts(all).flatMap((text) => ["", ...wrap(text, width)]),
    ...(wrong === 0 ? [] : ["", problemText(fleet)]),
  ].join("\n")}\n`;
}

export function clustersOf({ rings }: FleetPlan): readonly PlannedCluster[] {
  return rings.flatMap(({ clusters }) => clusters);
}

/** `1 cluster`, `2 clusters`. */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

/** What clusters that are alike have, and where they differ from the defaults; deeper lines begin with blanks. */
export function groupLines(group: ComparedGroup): readonly string[] {
  const { first, clusters } = group;
  const differences = differencesOf(group).map((one) => `    ${differenceText(one, clusters.length)}`);
  return [
    `  ${namesText(clusters.map(({ cluster }) => cluster.name))}: ${summaryText(first)}`,
    ...(differences.length === 0 ? ["    as the defaults"] : differences),
    ...(group.changes === undefined ? [] : changeLines(group.changes, first.cluster.name)),
  ];
}

function summaryText({ mesh, problems }: PlannedCluster): string {
  if (mesh === undefined) return `not planned, ${counted(problems.length, "problem")}`;
  return [mesh.title, counted(mesh.resources, "resource"), ...mesh.loadBalancers].join(", ");
}

function namesText(names: readonly string[]): string {
  if (names.length <= shownNames) return names.join(", ");
  return `${names.length} clusters, ${names.slice(0, 2).join(", ")} … ${names.slice(-1).join("")}`;
}

function differenceText({ path, was, values }: Difference, clusters: number): string {
  const show = (value: unknown) => (value === undefined ? "nothing" : display(value, path));
  const [only] = values;
  const before = was === undefined ? "" : `${show(was)} → `;
  if (only !== undefined && values.length === 1) return `${path}: ${before}${show(only.is)}`;
  const shown = values
    .slice(0, shownValues)
    .map(({ is, clusters: names }) => `${show(is)} (${namesText(names)})`)
    .join(", ");
  const rest = values.length > shownValues ? ` and ${values.length - shownValues} other values` : "";
  return `${path}: ${before}${counted(values.length, "value")} in ${clusters} clusters: ${shown}${rest}`;
}

function changeLines({ created, updated, replaced, deleted, kept }: PlanChanges, cluster: string): readonly string[] {
  const other = [...updated, ...replaced].map(({ resource }) => resource);
  const fewer = [...deleted, ...kept];
  if (created.length + other.length + fewer.length === 0) return [];
  return [
    `    resources of ${cluster} beside those of the defaults: ${created.length} more, ${fewer.length} fewer, ${other.length} with other inputs`,
    ...folded("+", created),
    ...folded("-", fewer),
    ...folded("~", other),
  ];
}

function folded(mark: string, nodes: readonly Node[]): readonly string[] {
  return foldGroups(nodes).map(
    (group) => `      ${mark} ${groupName(group.map(({ name }) => name))}  ${groupText(group)}`,
  );
}

/** Breaks a line; what follows stands deeper than its beginning. */
function indented(line: string, width: number): readonly string[] {
  const depth = line.search(/\S/);
  const blanks = " ".repeat(depth);
  return wrap(line.trim(), width - depth - 2).map((part, index) => `${blanks}${index === 0 ? "" : "  "}${part}`);
}

/** Each text once, with the clusters that have it. */
export function warningTexts(clusters: readonly PlannedCluster[]): readonly string[] {
  const found = clusters.flatMap(({ cluster, warnings }) => warnings.map((item) => ({ item, name: cluster.name })));
  return grouped(found).map(({ item, names }) => `warning in ${namesText(names)}: ${item}`);
}

/** Each problem once, with the clusters that have it; nothing where there is none. */
export function problemText(fleet: FleetPlan): string {
  const found = clustersOf(fleet).flatMap(({ cluster, problems }) =>
    problems.map((item) => ({ item, name: `${cluster.name} (${cluster.place})` })),
  );
  const blocks = grouped(found).map(({ item, names }) => ({ ...item, path: `${namesText(names)}: ${item.path}` }));
  return blocks.length === 0 ? "" : problemsIn(`the clusters of ${fleet.file}`, blocks);
}

interface Found<Item> {
  readonly item: Item;
  readonly name: string;
}

/** Items that are the same, with the names of all that have them. */
function grouped<Item>(found: readonly Found<Item>[]) {
  const groups = new Map<string, { readonly item: Item; readonly names: string[] }>();
  for (const { item, name } of found) {
    const key = JSON.stringify(item);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { item, names: [name] });
    else known.names.push(name);
  }
  return [...groups.values()];
}
