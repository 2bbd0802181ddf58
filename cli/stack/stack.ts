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

/** Writes what was asked for into the file of `--output`. */
export function writeText(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new InputError(`--output ${path} cannot be written: ${(error as Error).message}`);
  }
}
