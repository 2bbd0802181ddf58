import { execFile, spawn } from "node:child_process";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** `ip netns` keeps its namespaces as files in this folder. */
export const netnsFolder = "/run/netns";

/** A network namespace of the tier. All of them end with the tier's own namespaces. */
export class Namespace {
  private constructor(public readonly name: string) {}

  public static async create(name: string): Promise<Namespace> {
    await ip(["netns", "add", name]);
    const namespace = new Namespace(name);
    await namespace.configure(["link set lo up"]);
    return namespace;
  }

  /** Prefix of a command that runs in here. */
  public get enter(): readonly [string, ...string[]] {
    return ["nsenter", `--net=${netnsFolder}/${this.name}`, "--"];
  }

  /** Runs a command in here to its end. */
  public async run(command: readonly string[]): Promise<string> {
    const [nsenter, ...rest] = [...this.enter, ...command];
    return (await execute(nsenter, rest)).stdout;
  }

  /** Carries out lines of `ip` in here. */
  public async configure(lines: readonly string[]): Promise<void> {
    await ip(["-netns", this.name, "-batch", "-"], lines);
  }

  /** Sets kernel parameters, by their name with dots. */
  public async setKernel(parameters: Readonly<Record<string, string>>): Promise<void> {
    const writes = Object.entries(parameters).map(
      ([name, value]) => `echo ${value} > /proc/sys/${name.replaceAll(".", "/")}`,
    );
    await this.run(["sh", "-ec", writes.join("\n")]);
  }

  public async remove(): Promise<void> {
    await ip(["netns", "delete", this.name]);
  }
}

/** Runs `ip`, if asked for with lines on its standard input. */
export async function ip(parameters: readonly string[], lines: readonly string[] = []): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn("ip", parameters, { stdio: ["pipe", "ignore", "pipe"] });
    let errors = "";
    child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`ip ${parameters.join(" ")}: ${errors}${lines.join("; ")}`));
    });
    // After an error `ip` reads no further; the error itself says what went wrong.
    child.stdin.on("error", () => undefined);
    child.stdin.end(lines.map((line) => `${line}\n`).join(""));
  });
}
