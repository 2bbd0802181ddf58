import { spawn, spawnSync } from "node:child_process";

export interface CommandOptions {
  readonly folder?: string;
  readonly input?: string;
  /** Added to this process's environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** After which it is ended, and has failed. */
  readonly seconds?: number;
}

/** Settings of the machine that would change what Go builds, put back to what this tier means. */
export const goEnvironment = { GOFLAGS: "-mod=readonly -buildvcs=false", GOWORK: "off", CGO_ENABLED: "0" };

/** Runs a command and returns what it wrote; a failure carries the end of its output. */
export async function run(
  command: string,
  parameters: readonly string[],
  { folder, input = "", environment = {}, seconds }: CommandOptions = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const own = command === "go" ? { ...goEnvironment, ...environment } : environment;
    const child = spawn(command, parameters, {
      cwd: folder,
      env: { ...process.env, ...own },
      stdio: ["pipe", "pipe", "pipe"],
      ...(seconds === undefined ? {} : { timeout: seconds * 1000 }),
    });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => errors.push(chunk));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(Buffer.concat(output).toString());
      else reject(new Error(`${command} ended with ${String(code)}: ${tail(Buffer.concat(errors).toString())}`));
    });
    child.stdin.end(input);
  });
}

function tail(text: string): string {
  return text.trim().split("\n").slice(-15).join("\n");
}

/** Whether a program answers on this machine. */
export function isThere(command: string, ...question: readonly string[]): boolean {
  return spawnSync(command, question, { stdio: "ignore" }).status === 0;
}
