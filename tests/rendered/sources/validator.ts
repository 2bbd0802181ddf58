import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Socket } from "node:net";
import { createInterface } from "node:readline";
import { inCache } from "./cache";
import { isThere, run } from "./command";

/** Where the Go program is whose answers are Helm's, Istio's and Kubernetes' own. */
export const validatorSource = join(__dirname, "..", "validator");

/** What the validator says of one object. */
export interface ValidationResult {
  readonly object: string;
  readonly complaints: readonly string[];
  readonly by: readonly string[];
}

interface Answer {
  readonly result?: unknown;
  readonly error?: string;
}

/** A running validator. Questions are answered in their order. */
export class Validator {
  private readonly waiting: ((answer: Answer) => void)[] = [];

  private constructor(private readonly child: ChildProcessWithoutNullStreams) {
    createInterface({ input: child.stdout }).on("line", (line) => this.waiting.shift()?.(JSON.parse(line) as Answer));
    child.on("close", () => {
      for (const answer of this.waiting.splice(0)) answer({ error: "the validator ended before it answered" });
    });
  }

  /** Starts it, built first if need be; none where there is no Go. */
  public static async start(): Promise<Validator | undefined> {
    if (!isThere("go", "version")) return undefined;
    // As the charts start istiod in ambient mode: without it the code does not know the class of waypoints.
    const env = { ...process.env, PILOT_ENABLE_AMBIENT: "true" };
    const child = spawn(await built(), [], { env, stdio: ["pipe", "pipe", "pipe"] });
    const validator = new Validator(child);
    child.unref();
    for (const pipe of [child.stdin, child.stderr]) (pipe as Socket).unref();
    validator.hold(false);
    return validator;
  }

  /** Asks, and throws what the validator complains of. */
  public async ask<Result>(task: string, facts: Readonly<Record<string, unknown>>): Promise<Result> {
    this.hold(true);
    const answer = await new Promise<Answer>((resolve) => {
      this.waiting.push(resolve);
      this.child.stdin.write(`${JSON.stringify({ do: task, ...facts })}\n`);
    });
    this.hold(this.waiting.length > 0);
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.result as Result;
  }

  /** Only a question keeps this process alive; when it ends, so does the validator's input, and the validator. */
  private hold(waiting: boolean): void {
    const output = this.child.stdout as Socket;
    if (waiting) output.ref();
    else output.unref();
  }
}

/** The program, built once for each state of its source. */
async function built(): Promise<string> {
  const hash = createHash("sha256");
  for (const name of readdirSync(validatorSource).sort()) hash.update(readFileSync(join(validatorSource, name)));
  const program = inCache(`validator-${hash.digest("hex").slice(0, 16)}`);
  if (existsSync(program)) return program;
  mkdirSync(dirname(program), { recursive: true });
  const unfinished = `${program}.${process.pid}`;
  process.stdout.write(
    "building the validator from Istio's, Helm's and Kubernetes' own modules (once, some minutes) …\n",
  );
  await run("go", ["build", "-trimpath", "-ldflags", "-s -w", "-o", unfinished, "."], { folder: validatorSource });
  renameSync(unfinished, program);
  return program;
}
