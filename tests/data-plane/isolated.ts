import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { netnsFolder } from "./network/namespace";

const flags = ["--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"];
/** A terminal sends its signals to the command as well, which then ends what it has started; it gets the time for that. */
const killDelay = 10_000;

/** A command in namespaces of its own: for the network, for mounts and for processes. */
export function inNamespaces(command: readonly string[]): readonly [string, ...string[]] {
  mkdirSync(netnsFolder, { recursive: true });
  const script = `ip link set lo up && mount -t tmpfs tmpfs ${netnsFolder} && "$@"; exit $?`;
  return ["unshare", ...flags, "sh", "-c", script, "sh", ...command];
}

/** Runs a command to its end, and ends with its status. */
export function runToEnd([program, ...parameters]: readonly [string, ...string[]], cwd: string): void {
  const child = spawn(program, parameters, { cwd, stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => setTimeout(() => child.kill("SIGKILL"), signal === "SIGINT" ? killDelay : 0).unref());
  }
  child.on("exit", (code) => (process.exitCode = code ?? 1));
}
