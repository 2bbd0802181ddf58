import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { KubernetesClient } from "../../live/test-env/kubernetes-client";
import { addToNetwork } from "../nodes/container-network";
import type { Node } from "../nodes/node";
import { ContainerRun } from "./container-run";
import { type Container, type Place, type Pod, uidOf } from "./pod";
import { Sandbox, type SandboxOptions } from "./sandbox";
import { variablesOf } from "./variables";
import { writeVolumes } from "./volumes";

export interface PodOptions extends Omit<SandboxOptions, "kernel" | "node"> {
  /** Number of the pod, which no other one has. */
  readonly id: number;
  readonly node: Node;
  readonly client: KubernetesClient;
  readonly pod: Pod;
  readonly logs: string;
}

/** The user of the application's own processes. */
const echoUser = 1000;

/** A pod that runs: its init containers one after another, then its containers. */
export class PodRun {
  private readonly sidecars: ContainerRun[] = [];
  private readonly containers: ContainerRun[] = [];
  /** Until then a kubelet does not know its address. */
  public hasNetwork = false;
  private sandbox: Sandbox | undefined;
  private ending: Promise<void> | undefined;

  public constructor(private readonly options: PodOptions) {}

  public get place(): Place {
    return this.options.place;
  }

  public async start(): Promise<void> {
    const { client, pod, place, node, id, name } = this.options;
    const sysctls = pod.spec.securityContext?.sysctls ?? [];
    const kernel = Object.fromEntries(sysctls.map(({ name, value }) => [name, value]));
    this.sandbox = await Sandbox.create({ ...this.options, node: node.namespace, kernel });
    node.show({ id, uid: uidOf(pod), namespace: name });
    await addToNetwork(node, { pod, namespace: name, address: place.address });
    this.hasNetwork = true;
    await writeVolumes(client, { ...pod, place }, { root: this.sandbox.root, node });
    for (const container of pod.spec.initContainers ?? []) {
      const run = await this.run(this.sandbox, container);
      if (container.restartPolicy !== "Always") {
        await run.done();
      } else {
        this.sidecars.push(run);
        await run.keep();
      }
    }
    for (const container of pod.spec.containers) {
      const run = await this.run(this.sandbox, container);
      this.containers.push(run);
      void run.keep();
    }
  }

  /** Whether every container runs and is ready. */
  public get ready(): boolean {
    const { containers } = this.options.pod.spec;
    return this.containers.length === containers.length && this.all.every(({ ready }) => ready);
  }

  public statusOf(names: readonly Container[]): readonly object[] {
    return names.map(({ name, image }) => {
      const run = this.all.find((one) => one.name === name);
      return { name, image, imageID: image, ready: run?.ready ?? false, restartCount: run?.restarts ?? 0 };
    });
  }

  public async exec(command: readonly string[]): Promise<string> {
    if (this.sandbox === undefined) throw new Error(`${this.options.pod.metadata.name} has not started`);
    const [program, ...parameters] = [...this.sandbox.enter(echoUser, echoUser), ...command];
    return (await promisify(execFile)(program, parameters)).stdout;
  }

  /** Ends it as a kubelet does, within its grace period: containers first, then sidecars. */
  public async end(): Promise<void> {
    this.ending ??= this.endOnce();
    return this.ending;
  }

  /** Ends it at once, and removes what it had on this machine. */
  public async remove(): Promise<void> {
    this.kill();
    this.ending ??= this.clear();
    await this.ending;
  }

  public kill(): void {
    for (const run of this.all) run.kill();
  }

  private async endOnce(): Promise<void> {
    const grace = this.options.pod.spec.terminationGracePeriodSeconds ?? 30;
    const deadline = Date.now() + grace * 1000;
    let others: Promise<unknown> = Promise.all(this.containers.map((run) => run.stop(deadline)));
    for (const run of [...this.sidecars].reverse()) others = run.stop(deadline, others);
    await others;
    await this.clear();
  }

  private async clear(): Promise<void> {
    this.options.node.hide(this.options.id);
    await this.sandbox?.remove();
  }

  private get all(): readonly ContainerRun[] {
    return [...this.sidecars, ...this.containers];
  }

  private async run(sandbox: Sandbox, container: Container): Promise<ContainerRun> {
    const { client, pod, place, node, logs } = this.options;
    if (this.ending !== undefined) throw new Error(`${pod.metadata.name} was ended before it had started`);
    const variables = await variablesOf(client, { ...pod, place }, container);
    const log = join(logs, `${pod.metadata.name}-${container.name}.log`);
    return new ContainerRun({ pod, container, address: place.address, sandbox, variables, log, prober: node.prober });
  }
}
