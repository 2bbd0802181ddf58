import { program } from "../build/cache";
import type { KubernetesObject } from "./kubernetes-client";
import { freePorts } from "./port";

/** A pod, as far as the node agent reads it. */
export interface Pod extends KubernetesObject {
  readonly spec: {
    readonly nodeName?: string;
    readonly serviceAccountName?: string;
    readonly containers: readonly Container[];
  };
  readonly status?: { readonly podIP?: string };
}

interface Container {
  readonly name: string;
  readonly image: string;
  readonly args?: readonly string[];
  readonly env?: readonly Variable[];
}

interface Variable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly fieldRef?: { readonly fieldPath: string } };
}

/** How the container of a pod is run as a program of this machine. */
export interface PodProgram {
  readonly command: readonly [string, ...string[]];
  readonly environment: Readonly<Record<string, string>>;
  /** Answers 200 as soon as the pod is ready. */
  readonly readyUrl: string;
  /** Where the API server's calls to the pod's webhooks go. */
  readonly webhookPort: number;
}

export interface PodProgramOptions {
  readonly kubeconfig: string;
  /** Folder with the files of the Secrets that the pod mounts. */
  readonly folder: string;
  readonly awsEnvironment: Readonly<Record<string, string>>;
  /** The pod's address, where this machine answers for it. */
  readonly address?: string;
}

type Describe = (container: Container, options: PodProgramOptions) => Promise<PodProgram>;

/** Pods that are real, by the value of their label. */
const programs: Readonly<Record<string, Describe>> = {
  istiod: describeIstiod,
  "aws-load-balancer-controller": describeLoadBalancerController,
};

/** How one knows such a pod. */
export const agentPods = { label: "app.kubernetes.io/name", names: Object.keys(programs) } as const;

/** Decides how to run a pod: as its own container says, but on free ports of the loopback interface. */
export async function podProgram(pod: Pod, options: PodProgramOptions): Promise<PodProgram> {
  const name = pod.metadata.labels?.[agentPods.label] ?? "";
  const describe = programs[name];
  const [container] = pod.spec.containers;
  if (describe === undefined || container === undefined) throw new Error(`no program for pod ${pod.metadata.name}`);
  const described = await describe(container, options);
  return { ...described, environment: { ...variablesOf(pod, container), ...described.environment } };
}

async function describeIstiod(
  { args = [] }: Container,
  { kubeconfig, address }: PodProgramOptions,
): Promise<PodProgram> {
  const [http = 0, https = 0, grpc = 0, secureGrpc = 0, monitoring = 0, control = 0] = await freePorts(6);
  const command: readonly [string, ...string[]] = [
    program("pilot-discovery"),
    ...args,
    `--httpAddr=127.0.0.1:${http}`,
    `--httpsAddr=127.0.0.1:${https}`,
    `--grpcAddr=127.0.0.1:${grpc}`,
    `--secureGRPCAddr=${address === undefined ? `127.0.0.1:${secureGrpc}` : `${address}:15012`}`,
    `--monitoringAddr=127.0.0.1:${monitoring}`,
    "--ctrlz_address=127.0.0.1",
    `--ctrlz_port=${control}`,
  ];
  return {
    command,
    environment: { KUBECONFIG: kubeconfig },
    readyUrl: `http://127.0.0.1:${http}/ready`,
    webhookPort: https,
  };
}

async function describeLoadBalancerController(
  { args = [] }: Container,
  { kubeconfig, folder, awsEnvironment }: PodProgramOptions,
): Promise<PodProgram> {
  const [webhook = 0, metrics = 0, health = 0] = await freePorts(3);
  const command: readonly [string, ...string[]] = [
    program("aws-load-balancer-controller"),
    ...args,
    `--kubeconfig=${kubeconfig}`,
    // Several test environments share this machine, and the controller has no option for the address of its webhooks.
    `--webhook-bind-port=${webhook}`,
    `--webhook-cert-dir=${folder}`,
    `--metrics-bind-addr=127.0.0.1:${metrics}`,
    `--health-probe-bind-addr=127.0.0.1:${health}`,
    // There is one, and outside of a pod it would not know in which namespace to elect.
    "--enable-leader-election=false",
  ];
  const readyUrl = `http://127.0.0.1:${health}/readyz`;
  return { command, environment: { ...awsEnvironment }, readyUrl, webhookPort: webhook };
}

function variablesOf(pod: Pod, { env = [] }: Container): Readonly<Record<string, string>> {
  const fields: Readonly<Record<string, string | undefined>> = {
    "metadata.name": pod.metadata.name,
    "metadata.namespace": pod.metadata.namespace,
    "spec.serviceAccountName": pod.spec.serviceAccountName,
    "spec.nodeName": pod.spec.nodeName,
  };
  return Object.fromEntries(
    env.flatMap(({ name, value, valueFrom }) => {
      const known = value ?? fields[valueFrom?.fieldRef?.fieldPath ?? ""];
      return known === undefined ? [] : [[name, known] as const];
    }),
  );
}
