import { writeFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import type { IstioMeshArgs } from "../components";
import { type Answer, type Facts, answerWith, checkFacts, exampleFacts } from "./example-facts";
import type { Lookup } from "./formats/iam";
import { jsonText, removalJsonText } from "./formats/json";
import { treeText } from "./formats/tree";
import { type Format, formatsWithWarnings, orderedFormats } from "./formats/format";
import { InputError } from "./input-error";
import { type Plan, planMesh } from "./plan";
import { removalOf } from "./removal";
import { openStack, readText } from "./stack";

/** What the user asked for on the command line. */
export interface PlanCommand {
  readonly config: string;
  readonly format: Format;
  readonly output: string | undefined;
  readonly facts: string | undefined;
  readonly destroy: boolean;
  readonly colours: boolean;
  /** Variables of the environment, of which the AWS provider reads the region too. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/**
 * Plans the mesh of a stack file and returns the text, or writes it to a file. `note` gets what belongs beside the text:
 * warnings, where the format has no place for them, and where the text was written.
 */
export async function runPlan(command: PlanCommand, note: Note = () => undefined): Promise<string> {
  const { format, output, destroy } = command;
  if (destroy) checkOrdered(format);
  const planned = await planOf(command);
  if (planned.region === undefined && format !== "iam") note(noRegion(planned.facts.region));
  if (!formatsWithWarnings.includes(format)) for (const warning of planned.plan.warnings) note(`warning ${warning}\n`);
  const text = format === "iam" ? await policyOf(planned, note) : await render(planned.plan, { ...command, format });
  if (output === undefined || output === "-") return text;
  writeText(output, text);
  note(`wrote ${output} (${format})\n`);
  return "";
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
  /** None: nothing says it, and an example stands for it. */
  readonly region: string | undefined;
  readonly facts: Facts;
  readonly clusterRoles: readonly string[];
}

async function planOf({ config, facts, environment = {} }: PlanCommand): Promise<Planned> {
  const file = openStack(config, () => pulumi.secret("[secret]"));
  const given = readFacts(facts);
  const region = [given.region, file.region, environment["AWS_REGION"], environment["AWS_DEFAULT_REGION"]].find(
    (one) => one !== undefined && one !== "",
  );
  const known = exampleFacts({ ...given, ...(region === undefined ? {} : { region }) });
  const answer = answerWith(known);
  const lookups: Lookup[] = [];
  const listening: Answer = (token, inputs) => {
    const answered = answer(token, inputs);
    lookups.push({ token, inputs, answer: answered });
    return answered;
  };
  const plan = await planMesh(file.mesh, listening, { region, source: file.source });
  return { plan, lookups, region, facts: known, clusterRoles: clusterRoles(file.mesh) };
}

function clusterRoles(mesh: unknown): readonly string[] {
  const { roleArn } = (mesh as IstioMeshArgs).cluster;
  return typeof roleArn === "string" ? [roleArn] : [];
}

async function policyOf({ plan, lookups, clusterRoles, ...planned }: Planned, note: Note): Promise<string> {
  const [{ policyText }, { warnOfExamples }] = await Promise.all([
    import("./formats/iam.js"),
    import("./formats/iam-examples.js"),
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

function writeText(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new InputError(`--output ${path} cannot be written: ${(error as Error).message}`);
  }
}

function readFacts(path: string | undefined): Partial<Facts> {
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
  readonly format: Exclude<Format, "iam">;
}

/** Pictures and rights bring code of their own, which nobody else should wait for. */
async function render(made: Plan, { format, colours, destroy }: PictureCommand): Promise<string> {
  if (destroy && format === "json") return removalJsonText(made);
  const plan = destroy ? removalOf(made) : made;
  switch (format) {
    case "tree":
      return treeText(plan, { colours });
    case "json":
      return jsonText(plan);
    case "values":
      return (await import("./formats/values.js")).valuesText(plan);
    case "mermaid":
      return (await import("./formats/mermaid.js")).mermaidText(plan);
    case "dot":
      return (await import("./formats/dot.js")).dotText(plan);
    case "svg":
      return (await import("./formats/svg.js")).svgText(plan);
    case "html":
      return (await import("./formats/html.js")).htmlText(plan);
    case "rbac":
      return (await import("./formats/rbac.js")).clusterRoleText(plan.resources);
  }
}
