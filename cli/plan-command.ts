import { writeFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
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
}

/**
 * Plans the mesh of a stack file and returns the text, or writes it to a file. A policy has no place for the plan's
 * warnings, some of which are about rights: `warn` gets them.
 */
export async function runPlan(command: PlanCommand, warn: (text: string) => void = () => undefined): Promise<string> {
  const planned = await planOf(command);
  const { format } = command;
  if (format === "iam") for (const warning of planned.plan.warnings) warn(`warning ${warning}\n`);
  const text = format === "iam" ? await policyOf(planned) : await render(planned.plan, { ...command, format });
  if (command.output === undefined) return text;
  writeText(command.output, text);
  return "";
}

/** A plan, and what it asked AWS for. */
interface Planned {
  readonly plan: Plan;
  readonly lookups: readonly Lookup[];
  readonly region: string;
}

async function planOf({ config, facts }: PlanCommand): Promise<Planned> {
  const file = openStack(config, () => pulumi.secret("[secret]"));
  const region = file.region === undefined ? {} : { region: file.region };
  const known = exampleFacts({ ...region, ...readFacts(facts) });
  const answer = answerWith(known);
  const lookups: Lookup[] = [];
  const listening: Answer = (token, inputs) => {
    const answered = answer(token, inputs);
    lookups.push({ token, inputs, answer: answered });
    return answered;
  };
  return { plan: await planMesh(file.mesh, listening), lookups, region: known.region };
}

async function policyOf({ plan, lookups, region }: Planned): Promise<string> {
  const { policyText } = await import("./formats/iam.js");
  return policyText(plan.resources, { lookups, region });
}

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
