import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { createTwoFilesPatch } from "diff";
import { changesBetween, short } from "../../cli/against/difference";
import { replaces } from "../../cli/against/replacement";
import { describeResource } from "../../cli/plan/describe";
import type { Plan } from "../../cli/plan/plan";
import { planText, planScenario } from "./golden";
import { root } from "./readme";

/** One stack file of a guide: a state to go to from the one before it. */
export interface Step {
  /** Path without ending, from `examples/`: `upgrades/canary/2-second-control-plane`. */
  readonly name: string;
  readonly stack: string;
}

/** A resource, as far as a comparison needs it. */
export type Resource = Plan["resources"][number];

/** The steps of a folder of `examples/`, in their order. */
export function stepsOf(folder: string): readonly Step[] {
  const path = join(root, "examples", folder);
  return readdirSync(path)
    .filter((file) => /^\d+-.+\.yaml$/.test(file))
    .sort((one, other) => parseInt(one) - parseInt(other))
    .map((file) => ({ name: `${folder}/${file.replace(/\.yaml$/, "")}`, stack: join(path, file) }));
}

const plans = new Map<string, Promise<Plan>>();
let last: Promise<unknown> = Promise.resolve();

/** The plan of a step, planned once for all who look at it; one after the other, as Pulumi's mocks want it. */
export function planStep({ name, stack }: Step): Promise<Plan> {
  const known = plans.get(name);
  if (known !== undefined) return known;
  const plan = last.then(() => planScenario({ stack }));
  last = plan.catch(() => undefined);
  plans.set(name, plan);
  return plan;
}

/** Each step with the one before it. */
export function pairsOf<Item>(items: readonly Item[]): readonly (readonly [Item, Item])[] {
  return items.flatMap((item, index) => {
    const before = items[index - 1];
    return before === undefined ? [] : [[before, item] as const];
  });
}

/** The configuration of a step, without the words above it. */
export function configOf({ stack }: Step): string {
  const text = readFileSync(stack, "utf8");
  return text.slice(text.search(/^config:/m));
}

/** The path that a reader finds a step under. */
export function pathOf({ stack }: Step): string {
  return relative(root, stack).replaceAll("\\", "/");
}

/** What one writes in the stack file to go from one step to the next. */
export function configDiff(was: Step, is: Step): string {
  const patch = createTwoFilesPatch(pathOf(was), pathOf(is), configOf(was), configOf(is), "", "", { context: 2 });
  return patch.replace(/^=+\n/, "").replace(/\t$/gm, "");
}

/** What `pulumi up` then does: `+` makes, `~` changes in place, `±` makes anew, `-` removes after everything else. */
export function planDiff(was: Plan, is: Plan): string {
  const before = new Map(shown(was).map((resource) => [resource.name, resource]));
  const after = shown(is);
  const names = new Set(after.map(({ name }) => name));
  const lines = after.flatMap((resource) => {
    const old = before.get(resource.name);
    return old === undefined ? [`+ ${lineOf(resource)}`] : changedLines(old, resource);
  });
  const gone = [...before.values()].filter(({ name }) => !names.has(name));
  const changed = new Set(lines.flatMap((line) => /^[+~±] (\S+)/.exec(line)?.[1] ?? []));
  const same = after.length - changed.size;
  const news = is.warnings.filter((warning) => !was.warnings.includes(warning));
  return [
    ...lines,
    ...gone.reverse().map((resource) => `- ${lineOf(resource)}`),
    same === 1 ? "  1 other stays as it is" : `  ${same} others stay as they are`,
    ...news.map((warning) => `  warning: ${warning}`),
    "",
  ].join("\n");
}

/** Resources without what stands in every golden plan's own place: the text of the cleanup's script. */
function shown(plan: Plan): readonly Resource[] {
  const { resources } = JSON.parse(planText(plan)) as { readonly resources: readonly Resource[] };
  return resources;
}

function lineOf(resource: Resource): string {
  const { kind, detail } = describeResource(resource);
  return `${resource.name}  ${kind}: ${detail}`;
}

function changedLines(was: Resource, is: Resource): readonly string[] {
  const changes = changesBetween(
    { ...(was.inputs as object), options: was.options },
    { ...(is.inputs as object), options: is.options },
  );
  if (changes.length === 0) return [];
  const { kind } = describeResource(is);
  const anew = changes.some(({ path }) => replaces(is, path));
  return [
    `${anew ? "±" : "~"} ${is.name}  ${kind}`,
    ...changes.map(({ path, was: old, is: now }) => {
      if (old === undefined) return `    + ${path}: ${short(now)}`;
      return now === undefined ? `    - ${path}: ${short(old)}` : `      ${path}: ${short(old)} → ${short(now)}`;
    }),
  ];
}
