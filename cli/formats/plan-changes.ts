import pc from "picocolors";
import type { ChangedResource, LoadBalancerChange, PlanChanges } from "../against/plan-changes";
import { type Change, short } from "../against/difference";
import { describeResource } from "../plan/describe";
import { foldGroups, groupName, groupText } from "../plan/folding";
import type { Node } from "../plan/graph";
import { wrap } from "../wrap";

export interface ChangesOptions {
  readonly colours: boolean;
  /** Columns that a line may have; none: as many as it needs. */
  readonly width?: number | undefined;
  /** Each resource has a row of its own. */
  readonly all?: boolean | undefined;
}

/** What changes, for people: load balancers first, then `+` created, `~` updated, `±` replaced, `-` deleted. */
export function changesText(changes: PlanChanges, { colours, width = Infinity, all = false }: ChangesOptions): string {
  const paint = pc.createColors(colours);
  const { created, updated, replaced, deleted, kept, unchanged, loadBalancers, warnings } = changes;
  const counts = [
    `${created.length} created, ${updated.length} updated, ${replaced.length} replaced, ${deleted.length} deleted, `,
    `${unchanged} unchanged.`,
  ];
  const lines = (mark: string, texts: readonly string[]) => texts.flatMap((text) => item(mark, text, width));
  return `${[
    ...wrap(counts.join(""), width),
    ...loadBalancers.flatMap((one) => item(one.what === "replaced" ? paint.red("!") : " ", balancerText(one), width)),
    ...lines(paint.green("+"), groupTexts(created, all)),
    ...updated.flatMap((one) => changedLines(one, paint.yellow("~"), width)),
    ...replaced.flatMap((one) => changedLines(one, paint.red("±"), width)),
    ...lines(paint.red("-"), groupTexts(deleted, all)),
    ...lines(" ", groupTexts(kept, all)).map((line) => `${line} (stays in the cluster)`),
    ...lines(paint.yellow("warning"), warnings),
  ].join("\n")}\n`;
}

/** The same for programs. */
export function changesJson(changes: PlanChanges): string {
  const { created, updated, replaced, deleted, kept, ...rest } = changes;
  const plain = ({ name, type }: Node) => ({ name, type });
  const changed = ({ resource, changes: all, because }: ChangedResource) => ({
    ...plain(resource),
    because,
    changes: all.map(({ path, was, is }) => ({ path, was: orNull(was), is: orNull(is) })),
  });
  const text = {
    ...{ created: created.map(plain), updated: updated.map(changed), replaced: replaced.map(changed) },
    ...{ deleted: deleted.map(plain), kept: kept.map(plain), ...rest },
  };
  return `${JSON.stringify(text, null, 2)}\n`;
}

/** JSON has no `undefined`: what was not there, or is gone, is null. */
function orNull(value: unknown): unknown {
  return value === undefined ? null : value;
}

function balancerText({ name, what, because }: LoadBalancerChange): string {
  if (what !== "replaced") return `load balancer of ${name}: ${what}${what === "updated" ? " in place" : ""}`;
  return (
    `load balancer of ${name}: REPLACED by another ${because.join(", ")}. It has no address in between, and a new DNS ` +
    "name after it."
  );
}

function groupTexts(nodes: readonly Node[], all: boolean): readonly string[] {
  const groups = all ? nodes.map((node) => [node]) : foldGroups(nodes);
  return groups.map((group) => `${groupName(group.map(({ name }) => name))}  ${groupText(group)}`);
}

function changedLines({ resource, changes, because }: ChangedResource, mark: string, width: number): readonly string[] {
  const why = because.length === 0 ? "" : `, replaced by another ${because.join(", ")}`;
  return [
    ...item(mark, `${resource.name}  ${describeResource(resource).kind}${why}`, width),
    ...changes.flatMap((change) => wrap(changeText(change), width - 4).map((line) => `    ${line}`)),
  ];
}

function changeText({ path, was, is, reordered }: Change): string {
  if (reordered) return `${path}: in another order`;
  if (was === undefined) return `${path}: added ${short(is)}`;
  return is === undefined ? `${path}: removed ${short(was)}` : `${path}: ${short(was)} → ${short(is)}`;
}

function item(mark: string, text: string, width: number): readonly string[] {
  return wrap(text, width - 2).map((line, index) => (index === 0 ? `${mark} ${line}` : `  ${line}`));
}
