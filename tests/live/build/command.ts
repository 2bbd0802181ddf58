import { spawn } from "node:child_process";

export interface CommandOptions {
  readonly folder?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs a command at low priority and returns what it wrote; a failure carries the end of its output. */
export async function run(
  command: string,
  parameters: readonly string[],
  { folder, environment = {} }: CommandOptions = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn("nice", ["-n", "10", command, ...parameters], {
      cwd: folder,
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    let errors = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(output);
      else
        reject(new Error(`${command} ${parameters.join(" ")} ended with ${String(code)}:\n${tail(output + errors)}`));
    });
  });
}

function tail(text: string): string {
  return text.trim().split("\n").slice(-20).join("\n");
}
