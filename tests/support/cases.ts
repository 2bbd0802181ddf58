import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Facts } from "../../cli/example-facts";
import { type RanProgram, runProgram } from "./program";

export const casesFolder = join(__dirname, "..", "cases");

/** A case that was run, with short ways to what cases are about. */
export interface Case extends RanProgram {
  /** The text of the error; empty: nothing was refused. */
  readonly refusal: string;
  /** Annotations of an object. */
  readonly annotations: (name: string) => Readonly<Record<string, string>>;
  /** Security group rules whose logical names begin so: `from ports into group: description`. */
  readonly rules: (prefix: string) => readonly string[];
}

/** Runs the program with the stack file of a case, as `pulumi up` does. */
export async function runCase(name: string, facts: Partial<Facts> = {}): Promise<Case> {
  const { config } = parse(readFileSync(join(casesFolder, `${name}.yaml`), "utf8")) as { readonly config: Config };
  const ran = await runProgram(config, { facts: { region: String(config["aws:region"]), ...facts } });
  return {
    ...ran,
    refusal: ran.error === undefined ? "" : (ran.error as Error).message,
    annotations: (object) => ran.input(object, "metadata.annotations") as Readonly<Record<string, string>>,
    rules: (prefix) =>
      ran.resources
        .filter(({ type, name: rule }) => /:SecurityGroup(In|E)gressRule$/.test(type) && rule.startsWith(prefix))
        .map(({ inputs }) => ruleText(inputs as Rule))
        .sort(),
  };
}

type Config = Readonly<Record<string, unknown>>;
type Rule = Readonly<Record<string, unknown>>;

function ruleText({ fromPort, cidrIpv4, cidrIpv6, referencedSecurityGroupId, prefixListId, ...rule }: Rule): string {
  const [peer] = [cidrIpv4, cidrIpv6, referencedSecurityGroupId, prefixListId].filter((one) => one !== undefined);
  return `${String(fromPort)} of ${String(rule["securityGroupId"])}: ${String(peer)}`;
}
