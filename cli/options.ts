import { InvalidArgumentError } from "commander";
import { InputError } from "./input-error";

/** Stack files are named with an option: `istio-eks plan Pulumi.prod.yaml` would plan another one. */
export function refuseFiles(command: string, [file]: readonly string[]): void {
  if (file === undefined) return;
  throw new InputError(
    `istio-eks ${command} takes no argument "${file}".\n\n  to do    istio-eks ${command} --config ${file}`,
  );
}

/** Options of the plan of a single cluster. */
export function refuseOptions(given: Readonly<Record<string, boolean>>): void {
  const [option] = Object.keys(given).filter((one) => given[one]);
  if (option === undefined) return;
  throw new InputError(
    `${option} does not go with several stack files.\n\n  to do    leave out ${option}, or plan a single stack file with --config`,
  );
}

/** The number of an option that is a time. */
export function seconds(given: string): number {
  const number = Number(given);
  if (number > 0 && number <= 3600) return number;
  throw new InvalidArgumentError("It must be a number of seconds, 1 to 3600.");
}
