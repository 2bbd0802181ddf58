import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Child } from "./child";

export interface StartOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly folder?: string;
}

/** The folder of one test environment: its programs write here and nowhere else. */
export class Site {
  private readonly children: Child[] = [];
  private readonly ends: (() => void | Promise<void>)[] = [];
  private stopped = false;

  public constructor(public readonly folder: string) {
    mkdirSync(join(folder, "logs"), { recursive: true });
    writeFileSync(this.path("pids"), "");
  }

  public path(...names: readonly string[]): string {
    return join(this.folder, ...names);
  }

  public write(name: string, text: string): string {
    const path = this.path(name);
    writeFileSync(path, text);
    return path;
  }

  /** Starts a program; its output is in `logs/<name>.log`. */
  public start(name: string, command: readonly [string, ...string[]], options: StartOptions = {}): Child {
    if (this.stopped) throw new Error(`${name} is not started: its test environment ends`);
    const { environment = {}, folder = this.folder } = options;
    const log = this.path("logs", `${name}.log`);
    const child = new Child(name, command, { log, environment, folder, pids: this.path("pids") });
    this.children.push(child);
    return child;
  }

  public status(): readonly string[] {
    return this.children.map(({ name, isAlive }) => `${name}: ${isAlive ? "running" : "ended"}`);
  }

  /** Ends something of this process with the test environment; what comes last ends first. */
  public endsWith(end: () => void | Promise<void>): void {
    if (this.stopped) void end();
    else this.ends.push(end);
  }

  /** Ends everything, also where only a part of it has started. */
  public async stop(): Promise<void> {
    this.stopped = true;
    for (const end of this.ends.splice(0).reverse()) await end();
    await Promise.all(this.children.map((child) => child.stop()));
  }
}
