import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { missingForNamespaces } from "./missing-parts";

/**
 * Runs mocha in namespaces of its own: for the network, for mounts and for processes. The kernel ends and removes all
 * that the tests have started or made as soon as mocha is gone, however it went.
 */
const repository = resolve(__dirname, "..", "..");
const mocha = [
  join(repository, "node_modules", "mocha", "bin", "mocha.js"),
  ...["--config", join(__dirname, "mocharc.json"), ...process.argv.slice(2)],
];
const isolated = ["--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"];
/** `ip netns` keeps its namespaces as files in this folder. */
const namespaces = "/run/netns";

function command(): readonly [string, ...string[]] {
  // Where something is missing for that, the tests themselves report it, and are skipped or fail.
  if (missingForNamespaces().length > 0) return [process.execPath, ...mocha];
  mkdirSync(namespaces, { recursive: true });
  const script = `ip link set lo up && mount -t tmpfs tmpfs ${namespaces} && "$@"; exit $?`;
  return ["unshare", ...isolated, "sh", "-c", script, "sh", process.execPath, ...mocha];
}

/** A terminal sends its signals to mocha as well, which then ends its test environments; it gets the time for that. */
const killDelay = 10_000;

const [program, ...parameters] = command();
const child = spawn(program, parameters, { cwd: repository, stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => setTimeout(() => child.kill("SIGKILL"), signal === "SIGINT" ? killDelay : 0).unref());
}
child.on("exit", (code) => (process.exitCode = code ?? 1));
