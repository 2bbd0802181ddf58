import { mkdirSync, writeFileSync } from "node:fs";
import type { Child } from "./child";
import { KubernetesError, type KubernetesClient, type KubernetesObject } from "./kubernetes-client";
import { type Pod, type PodProgram, type PodProgramOptions, agentPods, podProgram } from "./pod-program";
import type { Site } from "./site";
import { nothingToStop, untilStopped } from "./until-stopped";

/** A pod with its program. */
interface RunningPod {
  readonly pod: Pod;
  readonly program: PodProgram;
  readonly child: Child;
  readonly address: string;
  ready: boolean;
}

interface Secret extends KubernetesObject {
  readonly data?: Readonly<Record<string, string>>;
}

export interface NodeAgentOptions {
  readonly client: KubernetesClient;
  readonly kubeconfig: string;
  readonly awsEnvironment: Readonly<Record<string, string>>;
  /** Makes this machine answer for the address of a pod; without it, nobody reaches a pod by its address. */
  readonly answerFor?: (address: string) => Promise<void>;
}

/** Milliseconds between two looks at the pods. */
const interval = 150;

/**
 * The kubelet of the few pods that are real: istiod and the AWS Load Balancer Controller run as programs of this
 * machine, one for each of their pods, and a pod is ready when its program says so.
 */
export class NodeAgent {
  private readonly pods = new Map<string, RunningPod>();
  private readonly starting = new Set<string>();
  private nextAddress = 1;
  private stopLooking = nothingToStop;

  public constructor(
    private readonly site: Site,
    private readonly options: NodeAgentOptions,
  ) {}

  public start(): void {
    this.stopLooking = untilStopped({ look: () => this.look(), report: (error) => this.notify(error), interval });
  }

  public async stop(): Promise<void> {
    await this.stopLooking();
  }

  /** The port of a ready pod with all of these labels. */
  public webhookPort(labels: Readonly<Record<string, string>>): number | undefined {
    const wanted = Object.entries(labels);
    const found = [...this.pods.values()].find(
      ({ pod, ready }) => ready && wanted.every(([key, value]) => pod.metadata.labels?.[key] === value),
    );
    return found?.program.webhookPort;
  }

  /** Nobody reads this unless something went wrong; the API server is gone for a moment at the end of a test environment. */
  private notify(error: unknown): void {
    writeFileSync(this.site.path("logs", "node-agent.log"), `${String(error)}\n`, { flag: "a" });
  }

  private async look(): Promise<void> {
    const selector = encodeURIComponent(`${agentPods.label} in (${agentPods.names.join(",")})`);
    const pods = await this.options.client.list<Pod>(`/api/v1/pods?labelSelector=${selector}`);
    const there = new Set(pods.map(uidOf));
    await Promise.all(pods.map((pod) => this.care(pod)));
    for (const [uid, { child }] of this.pods) {
      if (there.has(uid)) continue;
      await child.stop();
      this.pods.delete(uid);
    }
  }

  private async care(pod: Pod): Promise<void> {
    const running = this.pods.get(uidOf(pod));
    if (pod.metadata.deletionTimestamp !== undefined) {
      await running?.child.stop();
      await ignoringGone(this.options.client.remove(pathOf(pod), { gracePeriodSeconds: 0 }));
    } else if (running !== undefined) {
      await this.report(running);
      // A kubelet starts again what has ended.
      if (!running.child.isAlive) this.pods.delete(uidOf(pod));
    } else if (pod.spec.nodeName !== undefined && !this.starting.has(uidOf(pod))) {
      this.starting.add(uidOf(pod));
      await this.run(pod).finally(() => this.starting.delete(uidOf(pod)));
    }
  }

  private async run(pod: Pod): Promise<void> {
    const folder = this.site.path("pods", pod.metadata.name);
    mkdirSync(folder, { recursive: true });
    await this.writeCertificate(pod, folder);
    const { kubeconfig, awsEnvironment, answerFor } = this.options;
    const address = `100.64.0.${this.nextAddress++}`;
    await answerFor?.(address);
    const reachable = answerFor === undefined ? {} : { address };
    const options: PodProgramOptions = { kubeconfig, awsEnvironment, folder, ...reachable };
    const program = await podProgram(pod, options);
    const child = this.site.start(pod.metadata.name, program.command, { folder, environment: program.environment });
    this.pods.set(uidOf(pod), { pod, program, child, address, ready: false });
  }

  /** The controller reads the certificate of its webhooks from a Secret of its chart. */
  private async writeCertificate(pod: Pod, folder: string): Promise<void> {
    const namespace = pod.metadata.namespace ?? "";
    const secret = await this.options.client.find<Secret>(
      `/api/v1/namespaces/${namespace}/secrets/aws-load-balancer-tls`,
    );
    for (const [name, value] of Object.entries(secret?.data ?? {})) {
      writeFileSync(`${folder}/${name}`, Buffer.from(value, "base64"));
    }
  }

  private async report(running: RunningPod): Promise<void> {
    const ready = running.child.isAlive && (await answers(running.program.readyUrl));
    if (ready === running.ready) return;
    running.ready = ready;
    await ignoringGone(this.options.client.patch(`${pathOf(running.pod)}/status`, { status: statusOf(running) }));
  }
}

function statusOf({ pod, ready, address }: RunningPod): object {
  const now = new Date().toISOString();
  const [container] = pod.spec.containers;
  const status = ready ? "True" : "False";
  return {
    phase: "Running",
    podIP: address,
    podIPs: [{ ip: address }],
    startTime: now,
    conditions: ["Initialized", "ContainersReady", "Ready"].map((type) => ({
      type,
      status: type === "Initialized" ? "True" : status,
      lastTransitionTime: now,
    })),
    containerStatuses: [
      {
        name: container?.name,
        image: container?.image,
        imageID: "",
        ready,
        restartCount: 0,
        state: { running: { startedAt: now } },
      },
    ],
  };
}

function uidOf(pod: Pod): string {
  return pod.metadata.uid ?? pod.metadata.name;
}

function pathOf({ metadata: { namespace = "", name } }: Pod): string {
  return `/api/v1/namespaces/${namespace}/pods/${name}`;
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(1000) })).ok;
  } catch {
    return false;
  }
}

async function ignoringGone(call: Promise<unknown>): Promise<void> {
  await call.catch((error: unknown) => {
    if (!(error instanceof KubernetesError) || (error.status !== 404 && error.status !== 409)) throw error;
  });
}
