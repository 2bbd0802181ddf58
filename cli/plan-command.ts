import { writeFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import type { IstioMeshArgs } from "../components";
import { problemsIn } from "../components/inputs/problem";
import { checkShape } from "../components/inputs/shape";
import { type Answer, type Facts, answerWith, exampleFacts, factsShape } from "./example-facts";
import type { Lookup } from "./formats/iam";
import { jsonText } from "./formats/json";
import { treeText } from "./formats/tree";
import { type Format } from "./formats/format";
import { InputError } from "./input-error";
import { type Plan, planMesh } from "./plan";
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
 * Plans the mesh of a stack file and returns the text, or writes it to a file. A policy has no place for the plan's
 * warnings, some of which are about rights: `warn` gets them.
 */
export async function runPlan(command: PlanCommand, warn: Warn = () => undefined): Promise<string> {
  const planned = await planOf(command);
  const { format } = command;
  if (planned.region === undefined && format !== "iam") warn(noRegion(planned.facts.region));
  if (format === "iam") for (const warning of planned.plan.warnings) warn(`warning ${warning}\n`);
  const text = format === "iam" ? await policyOf(planned, warn) : await render(planned.plan, { ...command, format });
  if (command.output === undefined) return text;
  writeText(command.output, text);
  return "";
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
  const plan = await planMesh(file.mesh, listening, region);
  return { plan, lookups, region, facts: known, clusterRoles: clusterRoles(file.mesh) };
}

function clusterRoles(mesh: unknown): readonly string[] {
  const { roleArn } = (mesh as IstioMeshArgs).cluster;
  return typeof roleArn === "string" ? [roleArn] : [];
}

async function policyOf({ plan, lookups, clusterRoles, ...planned }: Planned, warn: Warn): Promise<string> {
  const [{ policyText }, { warnOfExamples }] = await Promise.all([
    import("./formats/iam.js"),
    import("./formats/iam-examples.js"),
  ]);
  const policy = policyText(plan.resources, { lookups, clusterRoles, region: planned.facts.region });
  for (const warning of warnOfExamples({ policy, lookups, region: planned.region === undefined }))
    warn(`warning ${warning}\n`);
  return policy;
}

function noRegion(example: string): string {
  return (
    `warning no region is set (aws:region in the stack file, AWS_REGION, AWS_DEFAULT_REGION): the plan shows ${example} as an ` +
    "example, and certificates and web ACLs are not held against it.\n"
  );
}

type Warn = (text: string) => void;

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
  const { problems } = checkShape(factsShape, facts);
  if (problems.length > 0) throw new InputError(problemsIn(`the facts of ${path}`, problems));
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
async function render(plan: Plan, { format, colours, destroy }: PictureCommand): Promise<string> {
  switch (format) {
    case "tree":
      return treeText(plan, { colours, destroy });
    case "json":
      return jsonText(destroy ? { ...plan, resources: [...plan.resources].reverse() } : plan);
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
