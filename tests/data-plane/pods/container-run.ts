import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, fchmodSync, openSync } from "node:fs";
import { endGroup, endsWithUs } from "../../live/test-env/ends-with-process";
import { addresses } from "../network/vpc";
import type { Prober } from "../nodes/prober";
import { imageOf } from "./images";
import type { Container, Pod, Probe } from "./pod";
import { type Probed, probe } from "./probe";
import type { Sandbox } from "./sandbox";
import { expand } from "./variables";

export interface ContainerOptions {
  readonly pod: Pod;
  readonly container: Container;
  readonly address: string;
  readonly sandbox: Sandbox;
  readonly variables: Readonly<Record<string, string>>;
  readonly log: string;
  readonly prober: Prober;
}

const path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
/** Where programs of the cluster find its API server. */
const service = { KUBERNETES_SERVICE_HOST: addresses.kubernetes, KUBERNETES_SERVICE_PORT: "443" } as const;

/** A container as a program of this machine: its own command, arguments, variables and user, in the pod's sandbox. */
export class ContainerRun {
  public ready = false;
  public restarts = 0;
  private process: ChildProcess;
  private ended: Promise<number>;
  private stopping = false;

  public constructor(public readonly options: ContainerOptions) {
    ({ process: this.process, ended: this.ended } = this.start(this.command()));
  }

  /** Goes on until `stop`: starts the program again when it ends, and asks the probes. */
  public async keep(): Promise<void> {
    void this.restartWhenEnded();
    const { startupProbe, readinessProbe } = this.options.container;
    if (startupProbe !== undefined) await this.passes(startupProbe);
    if (readinessProbe === undefined) this.ready = true;
    else void this.follow(readinessProbe);
  }

  /** Waits until an init container has done its work. */
  public async done(): Promise<void> {
    const code = await this.ended;
    if (code !== 0) throw new Error(`${this.name} ended with ${code}; see ${this.options.log}`);
  }

  public get name(): string {
    return this.options.container.name;
  }

  /**
   * What a kubelet does: the hook at once, SIGTERM to the first process when these others have ended, and SIGKILL to all when
   * the time is over.
   */
  public async stop(deadline: number, others: Promise<unknown> = Promise.resolve()): Promise<void> {
    await Promise.all([this.beforeStop(deadline), others]);
    this.stopping = true;
    this.process.kill("SIGTERM");
    const timer = setTimeout(() => this.kill(), Math.max(0, deadline - Date.now()));
    await this.ended;
    clearTimeout(timer);
    // What the first process has left behind.
    this.kill();
    this.ready = false;
  }

  public kill(): void {
    this.stopping = true;
    if (this.process.pid !== undefined) endGroup(this.process.pid);
  }

  private async beforeStop(deadline: number): Promise<void> {
    const hook = this.options.container.lifecycle?.preStop;
    if (hook === undefined) return;
    const { exec, sleep, httpGet } = hook;
    const limit = new Promise((resolve) => setTimeout(resolve, Math.max(0, deadline - Date.now())).unref());
    if (sleep !== undefined) await Promise.race([limit, after(sleep.seconds)]);
    else if (exec !== undefined) await Promise.race([limit, this.start([...exec.command]).ended]);
    else if (httpGet !== undefined) await Promise.race([limit, probe(this.probed, { httpGet })]);
  }

  private async restartWhenEnded(): Promise<void> {
    for (;;) {
      await this.ended;
      if (this.stopping) return;
      this.ready = false;
      this.restarts++;
      await after(1);
      if (this.stopping) return;
      ({ process: this.process, ended: this.ended } = this.start(this.command()));
    }
  }

  private async passes(asked: Probe): Promise<void> {
    while (!this.stopping && !(await this.ask(asked))) await after(asked.periodSeconds ?? 10);
  }

  private async follow(asked: Probe): Promise<void> {
    await after(asked.initialDelaySeconds ?? 0);
    let failures = 0;
    while (!this.stopping) {
      const answered = await this.ask(asked);
      failures = answered ? 0 : failures + 1;
      if (answered) this.ready = true;
      else if (failures >= (asked.failureThreshold ?? 3)) this.ready = false;
      // A kubelet asks at once after a start, and not only when the period is over.
      await after(this.ready ? (asked.periodSeconds ?? 10) : Math.min(0.5, asked.periodSeconds ?? 10));
    }
  }

  private async ask(asked: Probe): Promise<boolean> {
    return probe(this.probed, asked);
  }

  private get probed(): Probed {
    const { address, container, prober } = this.options;
    return { address, container, prober };
  }

  private command(): readonly string[] {
    const { container, variables } = this.options;
    const entrypoint = container.command ?? imageOf(container.image).entrypoint;
    return [...entrypoint, ...(container.args ?? [])].map((part) => expand(part, variables));
  }

  private start(command: readonly string[]): { readonly process: ChildProcess; readonly ended: Promise<number> } {
    const { pod, container, sandbox, variables, log } = this.options;
    const own = { ...pod.spec.securityContext, ...container.securityContext };
    const user = own.runAsUser ?? imageOf(container.image).user;
    const [program, ...parameters] = [...sandbox.enter(user, own.runAsGroup ?? user), ...command];
    const file = openSync(log, "a");
    // The proxy opens its output again, as /dev/stdout, and is not root.
    fchmodSync(file, 0o666);
    const process = spawn(program, parameters, {
      env: { PATH: path, HOME: "/", HOSTNAME: pod.metadata.name, ...service, ...variables },
      stdio: ["ignore", file, file],
      detached: true,
    });
    closeSync(file);
    endsWithUs(process);
    const ended = new Promise<number>((resolve) => {
      process.on("exit", (code) => resolve(code ?? 137));
      process.on("error", () => resolve(127));
    });
    return { process, ended };
  }
}

async function after(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}
