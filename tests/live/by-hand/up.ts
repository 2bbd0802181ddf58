import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { missingParts } from "../build/stamp";
import { Toolbox } from "../engine/toolbox";

interface Answer {
  readonly error?: string;
  readonly folder?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly status?: readonly string[];
}

/** Who interrupts while the test environment starts does not want it. */
const interruptions = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Starts a test environment that stays, and prints what a shell needs: `eval "$(npm run --silent live:up)"`. With `--traffic`
 * it opens a shell of its own, or runs the command that follows.
 */
async function main(): Promise<void> {
  const traffic = { type: "boolean" } as const;
  const options = { traffic, "pod-delay": { type: "string" }, "provisioning-delay": { type: "string" } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  if (values.traffic === true) openTrafficShell(positionals);
  else await start({ pods: values["pod-delay"] ?? "0", provisioning: values["provisioning-delay"] ?? "0" });
}

/** A shell beside a test environment with a network, which ends with it. */
function openTrafficShell(command: readonly string[]): void {
  const program = join(__dirname, "..", "..", "data-plane", "by-hand", "main.ts");
  const child = spawn(process.execPath, [...process.execArgv, program, ...command], { stdio: "inherit" });
  child.on("exit", (code) => (process.exitCode = code ?? 1));
}

interface Delays {
  readonly pods: string;
  readonly provisioning: string;
}

async function start(delays: Delays): Promise<void> {
  const missing = missingParts();
  if (missing.length > 0) throw new Error(`missing: ${missing.join(", ")}. Run \`npm run live:build\` first.`);
  const waiting = mkdtempSync(join(tmpdir(), "istio-eks-up-"));
  const path = join(waiting, "answer.json");
  const output = openSync(join(waiting, "output"), "a");
  const loader = [...process.execArgv, join(__dirname, "serve.ts"), path];
  const child = spawn(process.execPath, [...loader, delays.pods, delays.provisioning], {
    detached: true,
    stdio: ["ignore", output, output],
  });
  child.unref();
  const giveUp = () => {
    // It ends what it has started, and removes its folder.
    child.kill("SIGTERM");
    rmSync(waiting, { recursive: true, force: true });
    process.exit(130);
  };
  for (const signal of interruptions) process.once(signal, giveUp);
  const answer = await waitFor(path);
  for (const signal of interruptions) process.off(signal, giveUp);
  rmSync(waiting, { recursive: true, force: true });
  if (answer.folder === undefined) throw new Error(answer.error ?? "no test environment");
  for (const line of answer.status ?? []) process.stderr.write(`# ${line}\n`);
  process.stderr.write(`# logs in ${join(answer.folder, "logs")}; end it with: npm run live:down\n`);
  const toolbox = new Toolbox(join(answer.folder, "bin")).fill();
  const exports = { ...answer.environment, PATH: `${toolbox.folder}:$PATH` };
  for (const [name, value] of Object.entries(exports)) process.stdout.write(`export ${name}="${value}"\n`);
}

async function waitFor(path: string): Promise<Answer> {
  while (!existsSync(path) || readFileSync(path, "utf8") === "") {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return JSON.parse(readFileSync(path, "utf8")) as Answer;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
