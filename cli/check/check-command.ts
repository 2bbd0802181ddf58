import { problemsText } from "../../components/inputs/problem";
import { resolveIstioMesh } from "../../components/mesh/resolve-mesh-args";
import type { MeshSettings } from "../../components/plan/settings";
import { ArgumentsError } from "../arguments-error";
import { openStack } from "../stack/stack";
import type { CheckFormat } from "./check-format";
import type { Facts } from "./facts";
import type { Finding } from "./finding";
import type { Site } from "./gather/gather";
import { checkAll } from "./checks/checks";
import { findingsJson } from "./findings-json";
import { findingsText } from "./findings-text";

/** What the user asked for on the command line. */
export interface CheckCommand {
  readonly config: string;
  readonly format: CheckFormat;
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
  readonly region: string | undefined;
  readonly timeoutSeconds: number;
  readonly colours: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

/** Finds out what there is. */
export type Gather = (settings: MeshSettings, site: Site) => Promise<Facts>;

export interface Checked {
  readonly text: string;
  /** Whether all was looked at and no problem was found. */
  readonly fine: boolean;
}

/** Checks the cluster and the account of a stack file. */
export async function runCheck(command: CheckCommand, gather: Gather): Promise<Checked> {
  const file = openStack(command.config, () => Promise.resolve("[secret]"));
  const region = command.region ?? file.region;
  const { settings, problems } = resolveIstioMesh(file.mesh, region);
  if (settings === undefined) throw new ArgumentsError(problemsText("mesh", problems, file.source));
  const { kubeconfig, context, timeoutSeconds } = command;
  const facts = await gather(settings, { kubeconfig, context, timeoutSeconds, region, ...file.credentials });
  const findings = checkAll({ settings, facts, now: new Date() });
  return { text: render(findings, command), fine: !findings.some(isBad) };
}

/** What nobody could look at may be a problem as well. */
function isBad({ level }: Finding): boolean {
  return level === "problem" || level === "unknown";
}

function render(findings: readonly Finding[], { format, colours, width }: CheckCommand): string {
  return format === "json" ? findingsJson(findings) : findingsText(findings, { colours, width });
}
