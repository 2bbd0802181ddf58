import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse, stringify } from "yaml";
import { endsWithUs } from "../test-env/ends-with-process";
import { processSettings } from "../test-env/process-settings";
import type { TestEnv } from "../test-env/test-env";
import { region } from "../test-env/test-env";
import { Deployer } from "./deployer";
import { type EngineEvent, EventLog, nameOf } from "./events";
import { Toolbox, repository } from "./toolbox";

/** One run of the `pulumi` command, as a user sees it. */
export interface Run {
  readonly code: number;
  /** Everything it wrote, in order. */
  readonly output: string;
  readonly seconds: number;
  readonly events: readonly EngineEvent[];
}

export interface RunOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** Programs that are not on the PATH this time. */
  readonly without?: readonly string[];
  readonly flags?: readonly string[];
  /** Sends the signal as soon as the engine begins with this resource, or begins to remove it. */
  readonly interrupt?: Interrupt;
}

export interface Interrupt {
  /** Name of the resource. */
  readonly at: string;
  readonly signal: "SIGINT" | "SIGKILL";
  /** Not at once but so much later. */
  readonly afterSeconds?: number;
}

/**
 * Where Pulumi writes a debug log of every command, compressed and encrypted. That takes two thirds of its CPU time, and
 * no variable turns it off; a file in place of the folder does.
 */
const debugLogs = "logs";

/** A stack of this repository's own program on a test environment, in a file backend of its own. */
export class Stack {
  private runs = 0;
  private readonly toolbox: Toolbox;

  private readonly deployer: Deployer | undefined;

  private constructor(
    private readonly testEnv: TestEnv,
    private readonly folder: string,
    { toolbox, isOurs }: { readonly toolbox: Toolbox; readonly isOurs: boolean },
  ) {
    this.toolbox = toolbox;
    this.deployer = isOurs ? new Deployer(testEnv, basename(folder)) : undefined;
  }

  public static async create(testEnv: TestEnv, name: string, mesh: object): Promise<Stack> {
    const folder = join(testEnv.folder, "stacks", name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "Pulumi.yaml"), project());
    return Stack.start(testEnv, { folder, isOurs: true }, { "istio-mesh:mesh": mesh });
  }

  /** A stack of the program in this folder, run by an administrator: no plan says what else it makes. */
  public static async open(testEnv: TestEnv, folder: string, config: object): Promise<Stack> {
    return Stack.start(testEnv, { folder, isOurs: false }, config);
  }

  private static async start(
    testEnv: TestEnv,
    { folder, isOurs }: { readonly folder: string; readonly isOurs: boolean },
    config: object,
  ): Promise<Stack> {
    mkdirSync(join(folder, "state"), { recursive: true });
    const pulumiHome = join(folder, "home", ".pulumi");
    mkdirSync(pulumiHome, { recursive: true });
    writeFileSync(join(pulumiHome, debugLogs), "");
    const stack = new Stack(testEnv, folder, { toolbox: new Toolbox(join(folder, "bin")).fill(), isOurs });
    stack.writeConfig(config);
    const created = await stack.run(["stack", "init", "live"]);
    if (created.code !== 0) throw new Error(created.output);
    return stack;
  }

  /** Lets Pulumi write its debug log, as it does for its users. */
  public keepDebugLog(): void {
    rmSync(join(this.folder, "home", ".pulumi", debugLogs), { force: true });
  }

  /** Writes the configuration; what Pulumi itself keeps in the file stays. */
  public configure(mesh: object): void {
    this.writeConfig({ "istio-mesh:mesh": mesh });
  }

  private writeConfig(config: object): void {
    const path = this.configFile;
    const kept = (parse(readIfThere(path)) ?? {}) as object;
    writeFileSync(path, stringify({ ...kept, config: { "aws:region": region, ...config } }));
  }

  public get configFile(): string {
    return join(this.folder, "Pulumi.live.yaml");
  }

  public async preview(options: RunOptions = {}): Promise<Run> {
    return this.run(["preview"], options);
  }

  public async up(options: RunOptions = {}): Promise<Run> {
    return this.run(["up", "--yes", "--skip-preview"], options);
  }

  public async refresh(options: RunOptions = {}): Promise<Run> {
    return this.run(["refresh", "--yes", "--skip-preview"], options);
  }

  public async destroy(options: RunOptions = {}): Promise<Run> {
    return this.run(["destroy", "--yes", "--skip-preview"], options);
  }

  /** The outputs of the program, secrets hidden. */
  public async outputs(): Promise<Readonly<Record<string, unknown>>> {
    const { output } = await this.run(["stack", "output", "--json"]);
    return JSON.parse(output) as Readonly<Record<string, unknown>>;
  }

  /** Any command of the CLI on this stack. */
  public async run(command: readonly string[], options: RunOptions = {}): Promise<Run> {
    const { environment = {}, without = [], flags = [], interrupt } = options;
    const log = join(this.folder, `events-${++this.runs}.jsonl`);
    const isOperation = ["preview", "up", "refresh", "destroy"].includes(String(command[0]));
    const recording = isOperation ? ["--event-log", log] : [];
    const parameters = [...command, ...flags, ...recording, "--non-interactive", "--color=never"];
    await this.deployer?.mayDeploy(this.configFile);
    const start = Date.now();
    return new Promise((resolve, reject) => {
      const env = { ...this.environment(without), ...environment };
      const child = spawn("pulumi", parameters, {
        cwd: this.folder,
        env,
        stdio: ["ignore", "pipe", "pipe"],
        detached: true,
      });
      endsWithUs(child);
      const chunks: Buffer[] = [];
      child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
      child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
      child.on("error", (error) => {
        events.close();
        reject(error);
      });
      const events = new EventLog(log, interrupt === undefined ? () => undefined : interrupter(interrupt, child));
      child.on("close", (code) => {
        events.close();
        const output = Buffer.concat(chunks).toString();
        writeFileSync(join(this.folder, `run-${this.runs}-${String(command[0])}.log`), output);
        resolve({ code: code ?? 1, output, seconds: (Date.now() - start) / 1000, events: events.events });
      });
    });
  }

  private environment(without: readonly string[]): NodeJS.ProcessEnv {
    return {
      ...processSettings,
      ...this.testEnv.environment,
      ...this.deployer?.environment,
      PATH: this.toolbox.path(without),
      // Nothing of this machine's user: no kubeconfig, no credentials, no caches.
      HOME: join(this.folder, "home"),
      PULUMI_HOME: join(this.folder, "home", ".pulumi"),
      PULUMI_BACKEND_URL: `file://${join(this.folder, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "live",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      // What --event-log is behind.
      PULUMI_DEBUG_COMMANDS: "true",
    };
  }
}

/** Sends the signal when its time has come: to the whole group, as a key of the terminal does. */
function interrupter({ at, signal, afterSeconds = 0 }: Interrupt, child: ChildProcess) {
  let sent = false;
  return ({ kind, step }: EngineEvent) => {
    if (sent || kind !== "started" || step === undefined || step.op === "same" || nameOf(step.urn) !== at) return;
    sent = true;
    setTimeout(() => process.kill(-Number(child.pid), signal), afterSeconds * 1000);
  };
}

/** This repository's own project; only its program is named by its full path, since the folder is another one. */
function project(): string {
  const own = parse(readFileSync(join(repository, "Pulumi.yaml"), "utf8")) as { readonly main: string };
  return stringify({ ...own, main: join(repository, own.main) });
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
