import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync, closeSync, openSync, readFileSync } from "node:fs";
import { endGroup, endsWithUs } from "./ends-with-process";
import { processSettings } from "./process-settings";

export interface ChildOptions {
  readonly log: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly folder?: string;
  /** Gets one line with the process id, so that another process can end it if this one is killed. */
  readonly pids: string;
}

/** A program of a test environment. */
export class Child {
  private readonly process: ChildProcess;
  private readonly ended: Promise<void>;
  private alive = true;

  public constructor(
    public readonly name: string,
    [command, ...parameters]: readonly [string, ...string[]],
    private readonly options: ChildOptions,
  ) {
    const log = openSync(options.log, "a");
    this.process = spawn(command, parameters, {
      cwd: options.folder,
      env: { ...processSettings, PATH: process.env["PATH"], HOME: options.folder, ...options.environment },
      stdio: ["ignore", log, log],
      detached: true,
    });
    closeSync(log);
    endsWithUs(this.process);
    this.ended = new Promise((resolve) => {
      const end = () => {
        this.alive = false;
        resolve();
      };
      this.process.on("exit", end);
      this.process.on("error", end);
    });
    appendFileSync(options.pids, `${String(this.process.pid)} ${name}\n`);
  }

  public get isAlive(): boolean {
    return this.alive;
  }

  /** The state of a test environment is thrown away, so that nothing needs to be put down gently. */
  public kill(): void {
    if (this.alive && this.process.pid !== undefined) endGroup(this.process.pid);
  }

  /** Stops it where it is: it keeps its connections and answers nothing. */
  public freeze(): void {
    this.signal("SIGSTOP");
  }

  public thaw(): void {
    this.signal("SIGCONT");
  }

  private signal(signal: "SIGSTOP" | "SIGCONT"): void {
    if (this.alive && this.process.pid !== undefined) process.kill(this.process.pid, signal);
  }

  public async stop(): Promise<void> {
    this.kill();
    await this.ended;
  }

  /** Waits until the program answers. If it ends instead, the error carries its last words. */
  public async answers(ready: () => Promise<boolean>, seconds = 300): Promise<void> {
    const deadline = Date.now() + seconds * 1000;
    while (!(await ready().catch(() => false))) {
      if (!this.alive) throw new Error(`${this.name} ended at once:\n${this.lastLines()}`);
      if (Date.now() > deadline) throw new Error(`${this.name} did not answer in ${seconds} s:\n${this.lastLines()}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  private lastLines(): string {
    return readFileSync(this.options.log, "utf8").trim().split("\n").slice(-15).join("\n");
  }
}
