import * as pulumi from "@pulumi/pulumi";
import type { Format } from "../formats/format";
import { InputError } from "../input-error";
import { deliver, environmentRegion, readText } from "../stack/stack";
import { readFleet } from "./fleet-file";
import { fleetHtml } from "./fleet-html";
import { fleetJson } from "./fleet-json";
import { type FleetPlan, planFleet } from "./fleet-plan";
import { clustersOf, fleetText } from "./fleet-text";

/** What the user asked for on the command line. */
export interface FleetCommand {
  readonly fleet: string;
  readonly format: Format;
  readonly output: string | undefined;
  /** Each cluster stands alone. */
  readonly all: boolean;
  readonly colours: boolean;
  readonly width: number;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface FleetResult {
  readonly text: string;
  /** No cluster has problems. */
  readonly fine: boolean;
}

const texts: Readonly<Partial<Record<Format, (plan: FleetPlan, command: FleetCommand) => string>>> = {
  tree: fleetText,
  json: fleetJson,
  html: fleetHtml,
};

/** Plans a fleet and returns the text, or writes it to a file. */
export async function runFleet(command: FleetCommand, note: (text: string) => void): Promise<FleetResult> {
  const { fleet: path, format, all, environment } = command;
  const textOf = texts[format];
  if (textOf === undefined) throw otherFormat(format);
  const fleet = readFleet(readText(path, "--fleet"), path, () => pulumi.secret("[secret]"));
  const plan = await planFleet(fleet, { all, region: environmentRegion(environment) });
  const fine = clustersOf(plan).every(({ problems }) => problems.length === 0);
  return { text: deliver(textOf(plan, command), command, note), fine };
}

function otherFormat(format: Format): InputError {
  return new InputError(
    `--fleet does not go with --format ${format}.\n\n  allowed  --format ${Object.keys(texts).join(", ")}\n` +
      "  to do    write one of these formats, or plan a single stack file with --config",
  );
}
