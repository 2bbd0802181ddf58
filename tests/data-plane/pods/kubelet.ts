import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type KubernetesClient, KubernetesError } from "../../live/test-env/kubernetes-client";
import { agentPods } from "../../live/test-env/pod-program";
import { nothingToStop, untilStopped } from "../../live/test-env/until-stopped";
import type { Wire } from "../network/network-policy-agent";
import type { Node } from "../nodes/node";
import { hostsFile } from "./hosts";
import { type Condition, type Pod, pathOf, uidOf } from "./pod";
import { PodRun } from "./pod-run";
import { wireOf } from "./sandbox";

export interface KubeletOptions {
  readonly client: KubernetesClient;
  readonly nodes: readonly Node[];
  /** Folder for the roots of pods. */
  readonly folder: string;
  readonly images: string;
  readonly logs: string;
}

interface Running {
  readonly pod: Pod;
  readonly wire: Wire;
  readonly run: PodRun;
  written: string;
  ending: boolean;
}

/** Milliseconds between two looks at the pods. */
const interval = 200;
/** Milliseconds until a pod that could not be started is tried again. */
const retryAfter = 1000;

/** The kubelets of all nodes: every pod that the node agent of the live tier does not run is run here. */
export class Kubelet {
  private readonly pods = new Map<string, Running>();
  private readonly used = new Map<string, number>();
  private readonly addresses = new Map<string, string>();
  private readonly hosts: string;
  private hostsWritten = "";
  private count = 0;
  private stopLooking = nothingToStop;

  public constructor(private readonly options: KubeletOptions) {
    mkdirSync(options.folder, { recursive: true });
    this.hosts = join(options.folder, "hosts");
    writeFileSync(this.hosts, "");
  }

  public start(): void {
    this.stopLooking = untilStopped({ look: () => this.look(), report: (error) => this.report(error), interval });
  }

  public async stop(): Promise<void> {
    await this.stopLooking();
    // Another test environment of this process gives its pods the same names.
    await Promise.all([...this.pods.values()].map(async ({ run }) => run.remove()));
  }

  /** The node's end of each pod's wire, by the pod's uid. */
  public wires(): ReadonlyMap<string, Wire> {
    return new Map([...this.pods].map(([uid, { wire }]) => [uid, wire]));
  }

  /** Runs a command to its end in a pod of this application, as in a container of it. */
  public async exec(namespace: string, app: string, command: readonly string[]): Promise<string> {
    const found = [...this.pods.values()].find(
      ({ pod: { metadata }, ending }) =>
        !ending && metadata.namespace === namespace && metadata.labels?.["app"] === app,
    );
    if (found === undefined) throw new Error(`no pod of ${app} runs in ${namespace}`);
    return found.run.exec(command);
  }

  private report(error: unknown): void {
    appendFileSync(join(this.options.logs, "kubelet.log"), `${String(error)}\n`);
  }

  private async look(): Promise<void> {
    const { client } = this.options;
    const hosts = await hostsFile(client);
    if (hosts !== this.hostsWritten) writeFileSync(this.hosts, hosts);
    this.hostsWritten = hosts;
    const selector = encodeURIComponent(`${agentPods.label} notin (${agentPods.names.join(",")})`);
    const pods = await client.list<Pod>(`/api/v1/pods?labelSelector=${selector}`);
    const there = new Set(pods.map(uidOf));
    for (const pod of pods) await this.care(pod);
    for (const [uid, { run }] of this.pods) {
      if (there.has(uid)) continue;
      // Deleted without grace.
      run.kill();
      this.pods.delete(uid);
      await run.end();
    }
  }

  private async care(pod: Pod): Promise<void> {
    const running = this.pods.get(uidOf(pod));
    if (pod.metadata.deletionTimestamp !== undefined) {
      await this.write(pod, running);
      if (running?.ending !== true) void this.end(pod, running).catch((error: unknown) => this.report(error));
    } else if (running !== undefined) {
      await this.write(pod, running);
    } else if (pod.spec.nodeName !== undefined) {
      this.run(pod, pod.spec.nodeName);
    }
  }

  private run(pod: Pod, name: string): void {
    const found = this.options.nodes.find(({ machine: { address } }) =>
      name.startsWith(`ip-${address.replaceAll(".", "-")}.`),
    );
    if (found === undefined) throw new Error(`no machine is the node ${name}`);
    const { machine } = found;
    // 1 is the first process of the node itself.
    const id = ++this.count + 1;
    const { client, images, logs } = this.options;
    const namespace = `pod-${id}`;
    const place = { address: this.addressOf(pod, machine), hostAddress: machine.address };
    const folder = join(this.options.folder, namespace);
    const options = { id, name: namespace, node: found, place, folder, images, hosts: this.hosts };
    const run = new PodRun({ ...options, client, pod, logs });
    const wire = { name: wireOf(namespace), node: machine.address };
    this.pods.set(uidOf(pod), { pod, run, wire, written: "", ending: false });
    run.start().catch((error: unknown) => {
      this.report(`${pod.metadata.name}: ${String(error)}`);
      run.kill();
      void run.end().then(() => setTimeout(() => this.pods.delete(uidOf(pod)), retryAfter));
    });
  }

  /** A pod that is started once more keeps its address: the API server takes no second one. */
  private addressOf(pod: Pod, machine: Node["machine"]): string {
    const address = this.addresses.get(uidOf(pod)) ?? this.nextAddress(machine);
    this.addresses.set(uidOf(pod), address);
    return address;
  }

  /** The addresses of a node's pods go round, so that one is not given again at once. */
  private nextAddress({ address, podCidr }: Node["machine"]): string {
    const index = this.used.get(address) ?? 0;
    this.used.set(address, index + 1);
    return podCidr.replace(/\.\d+\/\d+$/, `.${(index % 62) + 1}`);
  }

  private async end(pod: Pod, running: Running | undefined): Promise<void> {
    if (running !== undefined) running.ending = true;
    await running?.run.end();
    await ignoringGone(this.options.client.remove(pathOf(pod), { gracePeriodSeconds: 0 }));
    this.pods.delete(uidOf(pod));
  }

  private async write(pod: Pod, running: Running | undefined): Promise<void> {
    if (running?.run.hasNetwork !== true) return;
    const { run } = running;
    const gates = (pod.spec.readinessGates ?? []).map(({ conditionType }) => conditionType);
    const present = pod.status?.conditions ?? [];
    const open = gates.every((gate) => present.some(({ type, status }) => type === gate && status === "True"));
    const conditions = conditionsOf({ containers: run.ready, pod: run.ready && open });
    const { initContainers = [], containers } = pod.spec;
    const status = {
      phase: "Running",
      podIP: run.place.address,
      podIPs: [{ ip: run.place.address }],
      hostIP: run.place.hostAddress,
      initContainerStatuses: run.statusOf(initContainers),
      containerStatuses: run.statusOf(containers),
      conditions,
    };
    const text = JSON.stringify(status);
    if (text === running.written) return;
    running.written = text;
    await ignoringGone(this.options.client.patchByKeys(`${pathOf(pod)}/status`, { status: stamped(status) }));
  }
}

function conditionsOf(ready: { readonly containers: boolean; readonly pod: boolean }): readonly Condition[] {
  const of = (value: boolean) => (value ? "True" : "False");
  return [
    { type: "Initialized", status: "True" },
    { type: "ContainersReady", status: of(ready.containers) },
    { type: "Ready", status: of(ready.pod) },
  ];
}

/** Deployments with `minReadySeconds` count from the time of the condition. */
function stamped<Status extends { readonly conditions: readonly Condition[] }>(status: Status): object {
  const now = new Date().toISOString();
  return { ...status, conditions: status.conditions.map((one) => ({ lastTransitionTime: now, ...one })) };
}

async function ignoringGone(call: Promise<unknown>): Promise<void> {
  await call.catch((error: unknown) => {
    if (!(error instanceof KubernetesError) || (error.status !== 404 && error.status !== 409)) throw error;
  });
}
