import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import type { Facts } from "../check/facts";
import type { Gather } from "../check/check-command";
import type { InventorySite } from "../check/gather/inventory";
import { checkAll } from "../check/checks/checks";
import { answerWith, exampleFacts } from "../plan/example-facts";
import { InputError } from "../input-error";
import { planMesh } from "../plan/plan";
import { readText } from "../stack/stack";
import { type Adoption, adoption } from "./adoption";
import { changeNotes } from "./takeover/change-notes";
import { stepsOf } from "./takeover/commands";
import { importFile, importsOf } from "./takeover/import-file";
import type { Inventory } from "./inventory";
import { type Report, reportJson } from "./report/report";
import { operatorArgs } from "./control-plane/operator-file";
import { reportHtml } from "./report/report-html";
import { reportText } from "./report/report-text";
import { leftAloneNotes } from "./report/left-alone";
import type { Tree } from "./trees";

/** What the user asked for on the command line. */
export interface AdoptCommand extends InventorySite {
  readonly output: string;
  readonly stack: string;
  readonly revision: string | undefined;
}

export interface AdoptGatherers {
  readonly inventory: (site: InventorySite) => Promise<Inventory>;
  readonly facts: Gather;
}

/** Reads what is there, and writes the stack file, the import file and the report. The text of the report. */
export async function runAdopt(command: AdoptCommand, gather: AdoptGatherers): Promise<string> {
  const adopted = adoption(await gather.inventory(command), command.revision);
  const { kubeconfig, context, region, profile, timeoutSeconds, stack } = command;
  const identity = { region, profile, roles: [], unusable: [] };
  const facts = await gather.facts(adopted.settings, { kubeconfig, context, ...identity, timeoutSeconds });
  const plan = await planMesh(adopted.args, answerWith(exampleFacts(region === undefined ? {} : { region })));
  const imports = importsOf(plan.resources, adopted);
  const report: Report = {
    cluster: command.cluster,
    mesh: `${adopted.settings.mode}, Istio ${adopted.settings.controlPlane.main.version}`,
    notes: [
      ...adopted.notes,
      ...leftAloneNotes(adopted.known, adopted.found, imports),
      ...changeNotes(imports, plan.resources, adopted.unread),
    ],
    steps: stepsOf(adopted, { stack, imports }),
    findings: findingsOf(adopted, facts),
  };
  const text = reportText(report);
  writeAll(command.output, {
    [`Pulumi.${stack}.yaml`]: stackText(adopted.args, region),
    "adopt-start.yaml": stackText(startArgs(adopted.args), region),
    "import.json": importFile(imports, stack),
    "report.txt": text,
    "report.json": reportJson(report),
    "report.html": reportHtml(report),
  });
  return text;
}

function findingsOf({ settings }: Adoption, facts: Facts) {
  return checkAll({ settings, facts, now: new Date() }).filter(({ level }) => level !== "ok");
}

/** A mesh that makes nothing but its provider, under which the rest is imported. */
function startArgs({ mode, cluster }: Tree): Tree {
  return { mode, cluster, istio: { profile: "empty" }, cleanup: { enabled: false } };
}

function stackText(mesh: Tree, region: string | undefined): string {
  return stringify({ config: { ...(region === undefined ? {} : { "aws:region": region }), "istio-mesh:mesh": mesh } });
}

function writeAll(folder: string, files: Readonly<Record<string, string>>): void {
  try {
    mkdirSync(folder, { recursive: true });
    // A file that is there may be somebody's work.
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text, { flag: "wx" });
  } catch (error) {
    throw new InputError(
      `--output ${folder} cannot be written: ${(error as Error).message}\n\n  to do    name another folder with --output`,
    );
  }
}

/** Translates an IstioOperator file; asks nobody. The text of a stack file, and what was not translated. */
export function runOperator(command: {
  readonly cluster: string;
  readonly region: string | undefined;
  readonly operator: string;
}) {
  const { args, notes } = operatorArgs(readText(command.operator, "--operator"), command.operator);
  return { text: stackText({ ...args, cluster: { name: command.cluster } }, command.region), notes };
}
