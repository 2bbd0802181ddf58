import * as pulumi from "@pulumi/pulumi";
import { answerWith, exampleFacts } from "../plan/example-facts";
import type { Format } from "../formats/format";
import { InputError } from "../input-error";
import { readFacts } from "../plan/plan-command";
import { deliver, environmentRegion, openStack } from "../stack/stack";
import { peeringJson } from "./peering-json";
import { peeringMermaid } from "./peering-mermaid";
import { type PeeringPlan, planPeering, stackName } from "./peering-plan";
import { peeringText, type PeeringTextOptions } from "./peering-text";

/** What the user asked for on the command line. */
export interface PeeringCommand extends PeeringTextOptions {
  /** Two or more stack files. */
  readonly configs: readonly string[];
  readonly format: Format;
  readonly output: string | undefined;
  readonly facts: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

type Text = (plan: PeeringPlan, options: PeeringTextOptions) => string;

/** What Mermaid draws of several clusters is the way of requests between them. */
const texts: Readonly<Partial<Record<Format, Text>>> = {
  tree: peeringText,
  json: peeringJson,
  mermaid: peeringMermaid,
  traffic: peeringMermaid,
};

/** Plans the clusters of one mesh and returns the text, or writes it to a file. */
export async function runPeering(command: PeeringCommand, note: (text: string) => void): Promise<string> {
  const { configs, format, environment } = command;
  const textOf = texts[format];
  if (textOf === undefined) throw otherFormat(format);
  const given = readFacts(command.facts);
  const fallback = [given.region, environmentRegion(environment)].find((one) => one);
  const files = configs.map((path) => {
    const file = openStack(path, () => pulumi.secret("[secret]"));
    return { name: stackName(path), file, region: file.region === undefined ? fallback : file.region };
  });
  const plan = await planPeering(files, answerWith(exampleFacts(given)));
  return deliver(textOf(plan, command), command, note);
}

function otherFormat(format: Format): InputError {
  return new InputError(
    `Several stack files do not go with --format ${format}.\n\n  allowed  --format ${Object.keys(texts).join(", ")}\n` +
      "  to do    write one of these formats, or plan a single stack file with --config",
  );
}
