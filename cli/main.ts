#!/usr/bin/env node
import { Command, Option } from "commander";
import pc from "picocolors";
import { type Format, formats, InputError, runPlan } from "./plan-command";
import { ArgumentsError } from "./plan";
import { StackFileError } from "./stack-file";

interface PlanOptions {
  readonly config: string;
  readonly format: Format;
  readonly output?: string;
  readonly facts?: string;
  readonly destroy?: true;
}

const program = new Command("istio-eks").description("Istio on Amazon EKS: see what a mesh would make.").exitOverride();

program
  .command("plan")
  .description("Show everything that would be made, in order. Needs no AWS account, cluster, kubectl or Pulumi CLI.")
  .option("-c, --config <file>", "a Pulumi stack file", "Pulumi.dev.yaml")
  .addOption(new Option("-f, --format <format>", "how to show it").choices([...formats]).default("tree"))
  .option("-o, --output <file>", "write to a file")
  .option("--facts <file>", "real ids in place of example ones: region, vpcId, vpcCidr, zones, certificates, …")
  .option("--destroy", "show the order of removal")
  .action(async (options: PlanOptions) => {
    const { config, format, output, facts, destroy = false } = options;
    const colours = output === undefined && Boolean(process.stdout.isTTY) && pc.isColorSupported;
    process.stdout.write(await runPlan({ config, format, output, facts, destroy, colours }));
  });

/** 0 fine, 2 bad input, 1 unexpected. */
function exitCodeOf(error: unknown): number {
  if (error instanceof ArgumentsError || error instanceof InputError || error instanceof StackFileError) {
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
  // commander has written its own message; asking for help is no error.
  if (error instanceof Error && "exitCode" in error) return error.exitCode === 0 ? 0 : 2;
  process.stderr.write(`${error instanceof Error ? String(error.stack) : String(error)}\n`);
  return 1;
}

program.parseAsync().catch((error: unknown) => {
  process.exitCode = exitCodeOf(error);
});
