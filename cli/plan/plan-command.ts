import { basename } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import type { IstioMeshArgs } from "../../components";
import type { PlanChanges } from "../against/plan-changes";
import { type Answer, type Facts, answerWith, checkFacts, exampleFacts } from "./example-facts";
import type { Lookup } from "../formats/iam";
import { jsonText, removalJsonText } from "../formats/json";
import type { PageContext } from "../formats/html";
import { treeText } from "../formats/tree";
import { comparedFormats, type Format, formatsWithWarnings, orderedFormats } from "../formats/format";
import { InputError } from "../input-error";
import { type Plan, planMesh } from "./plan";
import { removalOf } from "./removal";
import { deliver, environmentRegion, openStack, readText } from "../stack/stack";

/** What the user asked for on the command line. */
export interface PlanCommand {
  readonly config: string;
  readonly format: Format;
  readonly output: string | undefined;
  readonly facts: string | undefined;
  readonly destroy: boolean;
  /** A configuration file that is deployed: what changes from its plan is shown. */
  readonly against?: string | undefined;
  readonly colours: boolean;
  /** Columns of a line of text; none: as many as it needs. */
  readonly width?: number;
  /** The tree has a row for each resource. */
  readonly all?: boolean;
  /** Variables of the environment, of which the AWS provider reads the region too. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/**
 * Plans the mesh of a stack file and returns the text, or writes it to a file. `note` gets what belongs beside the text:
 * warnings, where the format has no place for them, and where the text was written.
 */
export async function runPlan(command: PlanCommand, note: Note = () => undefined): Promise<string> {
  const { format, destroy } = command;
  if (destroy) checkOrdered(format);
  if (command.against !== undefined) checkCompared(command);
  const planned = await planOf(command);
  if (planned.region === undefined && format !== "iam") note(noRegion(planned.facts.region));
  if (!formatsWithWarnings.includes(format)) for (const warning of planned.plan.warnings) note(`warning ${warning}\n`);
  const text = await textOf(planned, command, note);
  return deliver(text, command, note);
}

async function textOf(planned: Planned, command: PlanCommand, note: Note): Promise<string> {
  const { format, against } = command;
  const changes =
    against === undefined ? {} : { changes: await changesFrom({ ...command, config: against }, planned.plan) };
  if (format === "html") return htmlOf(planned, { ...changes, file: basename(command.config) });
  if (changes.changes !== undefined) return compared(changes.changes, command);
  return format === "iam" ? policyOf(planned, note) : render(planned.plan, { ...command, format });
}

/** The page, with the rights that the plan takes: example ids are marked on it, so that nothing needs to be noted. */
async function htmlOf(planned: Planned, context: Pick<PageContext, "changes" | "file">): Promise<string> {
  const { plan, region } = planned;
  const [{ htmlText }, { clusterRoleText }, iam] = await Promise.all([
    import("../formats/html.js"),
    import("../formats/rbac.js"),
    policyOf(planned, () => undefined),
  ]);
  const rights = { iam, rbac: clusterRoleText(plan.resources) };
  return htmlText(plan, { ...context, exampleRegion: region === undefined, rights });
}

/** What changes from the plan of another configuration file. */
async function changesFrom(was: PlanCommand, plan: Plan): Promise<PlanChanges> {
  const { changesOf } = await import("../against/plan-changes.js");
  return changesOf((await planOf(was, "--against")).plan, plan);
}

async function compared(changes: PlanChanges, command: PlanCommand): Promise<string> {
  const { changesText, changesJson } = await import("../formats/plan-changes.js");
  return command.format === "json" ? changesJson(changes) : changesText(changes, command);
}

function checkCompared({ format, destroy }: PlanCommand): void {
  if (destroy) throw new InputError("--against does not go with --destroy.\n\n  to do    leave out one of them");
  if (comparedFormats.includes(format)) return;
  throw new InputError(
    `--against does not go with --format ${format}.\n\n  allowed  --format ${comparedFormats.join(", ")}\n` +
      "  to do    write one of these formats",
  );
}

function checkOrdered(format: Format): void {
  if (orderedFormats.includes(format)) return;
  const why = format === "html" ? "the page of html shows the order of removal in any case" : `${format} has no order`;
  throw new InputError(
    `--destroy does not go with --format ${format}: ${why}.\n\n` +
      `  allowed  --destroy with --format ${orderedFormats.join(", ")}\n  to do    leave out --destroy`,
  );
}

/** A plan, and what it asked AWS for. */
interface Planned {
  readonly plan: Plan;
  readonly lookups: readonly Lookup[];
  /** Undefined: not set, and an example stands for it. */
  readonly region: string | undefined;
  readonly facts: Facts;
  readonly clusterRoles: readonly string[];
}

async function planOf(command: PlanCommand, option: "--config" | "--against" = "--config"): Promise<Planned> {
  const { config, facts, environment = {} } = command;
  const file = openStack(config, () => pulumi.secret("[secret]"), option);
  const given = readFacts(facts);
  const region = [given.region, file.region, environmentRegion(environment)].find((one) => one);
  const known = exampleFacts({ ...given, ...(region === undefined ? {} : { region }) });
  const answer = answerWith(known);
  const lookups: Lookup[] = [];
  const listening: Answer = (token, inputs) => {
    const answered = answer(token, inputs);
    lookups.push({ token, inputs, answer: answered });
    return answered;
  };
  const plan = await planMesh(file.mesh, listening, { region, stackRegion: file.region, source: file.source });
  return { plan, lookups, region, facts: known, clusterRoles: clusterRoles(file.mesh) };
}

function clusterRoles(mesh: unknown): readonly string[] {
  const { roleArn } = (mesh as IstioMeshArgs).cluster;
  return typeof roleArn === "string" ? [roleArn] : [];
}

async function policyOf({ plan, lookups, clusterRoles, ...planned }: Planned, note: Note): Promise<string> {
  const [{ policyText }, { warnOfExamples }] = await Promise.all([
    import("../formats/iam.js"),
    import("../formats/iam-examples.js"),
  ]);
  const policy = policyText(plan.resources, { lookups, clusterRoles, region: planned.facts.region });
  for (const warning of warnOfExamples({ policy, lookups, region: planned.region === undefined }))
    note(`warning ${warning}\n`);
  return policy;
}

function noRegion(example: string): string {
  return (
    `warning no region is set (aws:region in the stack file, AWS_REGION, AWS_DEFAULT_REGION): the plan shows ${example} as an ` +
    "example, and certificates and web ACLs are not held against it.\n"
  );
}

/** Gets a text that belongs beside the plan. */
type Note = (text: string) => void;

export function readFacts(path: string | undefined): Partial<Facts> {
  if (path === undefined) return {};
  const facts: unknown = parseFacts(path, readText(path, "--facts"));
  checkFacts(`the facts of ${path}`, facts);
  return facts as Partial<Facts>;
}

function parseFacts(path: string, text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw new InputError(`--facts ${path} is no YAML: ${(error as Error).message}`);
  }
}

interface PictureCommand extends PlanCommand {
  readonly format: Exclude<Format, "iam" | "html">;
}

/** Pictures and rights bring code of their own, which nobody else should wait for. */
async function render(created: Plan, { format, colours, width, all, destroy }: PictureCommand): Promise<string> {
  if (destroy && format === "json") return removalJsonText(created);
  const plan = destroy ? removalOf(created) : created;
  switch (format) {
    case "tree":
      return treeText(plan, { colours, width, all });
    case "json":
      return jsonText(plan);
    case "values":
      return (await import("../formats/values.js")).valuesText(plan);
    case "traffic":
      return (await import("../formats/traffic.js")).trafficText(plan);
    case "mermaid":
      return (await import("../formats/mermaid.js")).mermaidText(plan);
    case "dot":
      return (await import("../formats/dot.js")).dotText(plan);
    case "svg":
      return (await import("../formats/svg.js")).svgText(plan);
    case "rbac":
      return (await import("../formats/rbac.js")).clusterRoleText(plan.resources);
  }
}
