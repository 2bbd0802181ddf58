import { readFileSync, writeFileSync } from "node:fs";
import { problemsText } from "../../components/inputs/problem";
import { checkConfigKeys } from "../../components/stack-config";
import { ArgumentsError } from "../arguments-error";
import { InputError } from "../input-error";
import { project, readStackFile, type StackFile } from "./stack-file";

/** Reads a Pulumi stack file that was named with an option. `maskSecret` makes of an encrypted value what stands for a secret. */
export function openStack(path: string, maskSecret: () => unknown, option = "--config"): StackFile {
  const file = readStackFile(readText(path, option), path, maskSecret);
  const unknownKeys = checkConfigKeys(project, file.keys);
  if (unknownKeys.length > 0) throw new ArgumentsError(problemsText("mesh", unknownKeys));
  return file;
}

/** The text of a file that was named with an option; `-` is standard input, which has the descriptor 0. */
export function readText(path: string, option: string, standardInput = 0): string {
  try {
    return readFileSync(path === "-" ? standardInput : path, "utf8");
  } catch (error) {
    throw new InputError(`${option} ${path} cannot be read: ${(error as Error).message}`);
  }
}

/** Where a text is to go, and what it is. */
export interface Output {
  /** A file; undefined or `-`: standard output. */
  readonly output: string | undefined;
  readonly format: string;
}

/** Returns a text that is for standard output. Else writes it into the file, notes that, and returns nothing of it. */
export function deliver(text: string, { output, format }: Output, note: (text: string) => void): string {
  if (output === undefined || output === "-") return text;
  try {
    writeFileSync(output, text);
  } catch (error) {
    throw new InputError(`--output ${output} cannot be written: ${(error as Error).message}`);
  }
  note(`wrote ${output} (${format})\n`);
  return "";
}

/** The region that the AWS provider takes where none is configured; undefined: there is none either. */
export function environmentRegion(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  return [environment["AWS_REGION"], environment["AWS_DEFAULT_REGION"]].find((region) => region);
}
