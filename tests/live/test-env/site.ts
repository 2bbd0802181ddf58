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
    const { environment = {}, folder = this.folder } = options;
    const log = this.path("logs", `${name}.log`);
    const child = new Child(name, command, { log, environment, folder, pids: this.path("pids") });
    this.children.push(child);
    return child;
  }

  public status(): readonly string[] {
    return this.children.map(({ name, isAlive }) => `${name}: ${isAlive ? "running" : "ended"}`);
  }

  public async stop(): Promise<void> {
    await Promise.all(this.children.map((child) => child.stop()));
  }
}
