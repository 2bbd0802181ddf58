#!/usr/bin/env node
import { Command, Option } from "commander";
import { istioChartRepository } from "../components/control-plane/charts/chart-repository";
import { type CheckFormat, checkFormats } from "./check/check-format";
import { type Format, formatOfFile, formats } from "./formats/format";
import { InputError } from "./input-error";
import { refuseFiles, refuseOptions, seconds } from "./options";
import { endOnFailedOutput, inColours, terminalColumns, usualColumns } from "./terminal";
import { packageVersion } from "./package-version";
import { type VersionsFormat, versionsFormats } from "./versions/versions-format";

interface PlanOptions {
  readonly config: readonly string[];
  readonly format?: Format;
  readonly output?: string;
  readonly facts?: string;
  readonly destroy?: true;
  readonly all?: true;
  readonly against?: string;
  readonly fleet?: string;
}

interface CheckOptions {
  readonly config: string;
  readonly format: CheckFormat;
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly region?: string;
  readonly timeout: number;
}

interface AdoptOptions {
  readonly cluster: string;
  readonly stack?: string;
  readonly output: string;
  readonly operator?: string;
  readonly revision?: string;
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly region?: string;
  readonly profile?: string;
  readonly timeout: number;
}

interface VersionsOptions {
  readonly format: VersionsFormat;
  readonly chartRepository: string;
  readonly timeout: number;
}

const program = new Command("istio-eks")
  .description("Istio on Amazon EKS: see what a mesh would make, and check what there is.")
  .version(packageVersion(), "--version", "print the version of istio-eks")
  .exitOverride();
const stackFile = ["-c, --config <file>", "a Pulumi stack file; - reads standard input", "Pulumi.dev.yaml"] as const;
const stackFiles = [
  "-c, --config <files...>",
  "a Pulumi stack file, or one for each cluster of a mesh; - reads standard input",
  ["Pulumi.dev.yaml"] as string[],
] as const;

// Each command loads its own code when it runs: planning brings Pulumi's, which nobody else should wait for.
program
  .command("plan")
  .description("Show everything that would be made, in order. Needs no AWS account, cluster, kubectl or Pulumi CLI.")
  .option(...stackFiles)
  .addOption(
    new Option("-f, --format <format>", "how to show it (default: by the ending of --output, else tree)").choices([
      ...formats,
    ]),
  )
  .option("-o, --output <file>", "write to a file; - is standard output")
  .option("--facts <file>", "real ids in place of example ones: region, vpcId, vpcCidr, zones, certificates, …")
  .option("--destroy", "show the order of removal")
  .option("--against <file>", "show what changes from the plan of this stack file, which is deployed")
  .addOption(
    new Option("--fleet <file>", "plan every cluster of a fleet file, and show where they differ").conflicts([
      "config",
      "facts",
      "destroy",
      "against",
    ]),
  )
  .option("--all", "a row for each resource of the tree, or each cluster of the fleet, also for those that are alike")
  .allowExcessArguments()
  .action(async (options: PlanOptions, { args }: Command) => {
    refuseFiles("plan", args);
    const { config, output, facts, against, fleet, destroy = false, all = false } = options;
    const format = options.format ?? (output === undefined ? undefined : formatOfFile(output)) ?? "tree";
    const onScreen = output === undefined || output === "-";
    const [colours, width] = onScreen ? [inColours(), terminalColumns()] : [false, usualColumns];
    const shared = { format, output, all, colours, width, environment: process.env };
    if (fleet !== undefined) {
      const { text, fine } = await (await import("./fleet/fleet-command.js")).runFleet({ ...shared, fleet }, note);
      process.stdout.write(text);
      if (!fine) process.exitCode = 1;
      return;
    }
    const [first = "", ...others] = config;
    if (others.length > 0) {
      refuseOptions({ "--destroy": destroy, "--against": against !== undefined });
      const { runPeering } = await import("./peering/peering-command.js");
      process.stdout.write(await runPeering({ ...shared, configs: config, facts }, note));
      return;
    }
    const { runPlan } = await import("./plan/plan-command.js");
    const command = { ...shared, config: first, facts, destroy, against };
    process.stdout.write(await runPlan(command, note));
  });

program
  .command("versions")
  .description("Show the versions of Istio: known, newest in the chart repository, end of support.")
  .addOption(new Option("-f, --format <format>", "how to show it").choices([...versionsFormats]).default("text"))
  .option("--chart-repository <url>", "repository of Istio's charts", istioChartRepository)
  .addOption(new Option("--timeout <seconds>", "how long to wait for the repository").default(10).argParser(seconds))
  .action(async ({ format, chartRepository: repository, timeout }: VersionsOptions) => {
    const [{ versionsText }, { publishedVersions }] = await Promise.all([
      import("./versions/versions-text.js"),
      import("./versions/published-versions.js"),
    ]);
    const published = await publishedVersions(repository, timeout);
    process.stdout.write(versionsText({ version: packageVersion(), repository, published, today: new Date() }, format));
  });

program
  .command("check")
  .description(
    "Look at the cluster and the account, before an install and after it. Reads with kubectl and aws, changes nothing.",
  )
  .option(...stackFile)
  .addOption(new Option("-f, --format <format>", "how to show it").choices([...checkFormats]).default("text"))
  .option("--kubeconfig <file>", "kubeconfig, if not kubectl's own choice")
  .option("--context <name>", "context of the kubeconfig, if not the current one")
  .option("--region <region>", "AWS region, if not that of the stack file")
  .addOption(new Option("--timeout <seconds>", "how long to wait for each answer").default(30).argParser(seconds))
  .allowExcessArguments()
  .action(async ({ config, format, kubeconfig, context, region, timeout }: CheckOptions, { args }: Command) => {
    refuseFiles("check", args);
    const [{ runCheck }, { gather }] = await Promise.all([
      import("./check/check-command.js"),
      import("./check/gather/gather.js"),
    ]);
    const width = process.stdout.isTTY ? process.stdout.columns : 80;
    const command = {
      config,
      format,
      kubeconfig,
      context,
      region,
      timeoutSeconds: timeout,
      width,
      colours: inColours(),
    };
    const { text, fine } = await runCheck(command, gather);
    process.stdout.write(text);
    if (!fine) process.exitCode = 1;
  });

program
  .command("adopt")
  .description(
    "Take over an Istio that is there: write its stack file, an import file and a report. Reads with kubectl and aws, changes nothing.",
  )
  .requiredOption("--cluster <name>", "name of the EKS cluster")
  .option("--region <region>", "AWS region of the cluster")
  .option("-o, --output <folder>", "a folder for the files; files that are there are not overwritten", "adopt")
  .option("--stack <name>", "name of the Pulumi stack (default: the cluster's name)")
  .option("--revision <revision>", "the control plane to take over, where there are several; default has no revision")
  .option("--operator <file>", "translate an IstioOperator file to a stack file on standard output, and ask nobody")
  .option("--kubeconfig <file>", "kubeconfig, if not kubectl's own choice")
  .option("--context <name>", "context of the kubeconfig, if not the current one")
  .option("--profile <name>", "profile of the AWS credentials")
  .addOption(new Option("--timeout <seconds>", "how long to wait for each answer").default(30).argParser(seconds))
  .action(async ({ cluster, stack = cluster, operator, region, ...options }: AdoptOptions) => {
    const { runAdopt, runOperator } = await import("./adopt/adopt-command.js");
    if (operator !== undefined) {
      const { text, notes } = runOperator({ cluster, region, operator });
      for (const { subject, text: why } of notes) note(`left out ${subject}: ${why}\n`);
      process.stdout.write(text);
      return;
    }
    const [{ gatherInventory }, { gather }] = await Promise.all([
      import("./check/gather/inventory.js"),
      import("./check/gather/gather.js"),
    ]);
    const { output, revision, kubeconfig, context, profile, timeout: timeoutSeconds } = options;
    const site = { cluster, region, kubeconfig, context, profile, timeoutSeconds };
    const report = await runAdopt({ ...site, stack, output, revision }, { inventory: gatherInventory, facts: gather });
    process.stdout.write(report);
    note(
      `wrote Pulumi.${stack}.yaml, adopt-start.yaml, import.json, report.txt, report.json and report.html to ${output}\n`,
    );
  });

function note(text: string): void {
  process.stderr.write(text);
}

/** 0 fine, 2 bad input, 1 unexpected. (1 is also what `check` and `plan --fleet` end with if not all is fine.) */
function exitCodeOf(error: unknown): number {
  if (error instanceof InputError) {
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
  // commander has written its own message; asking for help is no error.
  if (error instanceof Error && "exitCode" in error) return error.exitCode === 0 ? 0 : 2;
  process.stderr.write(`${error instanceof Error ? String(error.stack) : String(error)}\n`);
  return 1;
}

endOnFailedOutput(process.stdout);
program.parseAsync().catch((error: unknown) => {
  process.exitCode = exitCodeOf(error);
});
