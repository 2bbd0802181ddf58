import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { stringify } from "yaml";
import { program } from "../live/build/cache";
import type { TestEnv } from "../live/test-env/test-env";
import type { Answer } from "./client/request";
import type { TrafficEnv } from "./traffic-env";

const run = promisify(execFile);

export interface EchoSettings {
  readonly name: string;
  /** None: that of the command which applies the objects. */
  readonly namespace?: string;
  readonly replicas?: number;
  readonly version?: string;
  readonly podLabels?: Readonly<Record<string, string>>;
  readonly podAnnotations?: Readonly<Record<string, string>>;
  /** The application whose Service leads to the pods; by default its own. */
  readonly app?: string;
  /** The status of its answers. */
  readonly status?: number;
  /** How many answers of a pod have that status before the others have 200. */
  readonly failures?: number;
  /** One pod in each zone, as far as there are zones. */
  readonly isSpread?: boolean;
  /** Seconds for which a pod still answers once it shall end. */
  readonly stopSeconds?: number;
}

export interface Application extends EchoSettings {
  readonly namespace: string;
}

export async function kubectl({ environment }: TestEnv, command: readonly string[]): Promise<string> {
  const env = { ...process.env, ...environment };
  return (await run(program("kubectl"), command, { env, maxBuffer: 20_000_000 })).stdout;
}

export async function apply(testEnv: TestEnv, name: string, objects: readonly object[]): Promise<void> {
  const path = join(testEnv.folder, `${name}.yaml`);
  writeFileSync(path, objects.map((object) => stringify(object)).join("---\n"));
  await kubectl(testEnv, ["apply", `--filename=${path}`]);
}

interface PodList {
  readonly items: readonly {
    readonly metadata: { readonly name: string };
    readonly status: { readonly podIP: string };
  }[];
}

/** Addresses of the pods of an application. */
export async function podAddresses(testEnv: TestEnv, name: string, namespace: string): Promise<readonly string[]> {
  const text = await kubectl(testEnv, [
    "get",
    "pods",
    `--namespace=${namespace}`,
    `--selector=app=${name}`,
    "--output=json",
  ]);
  return (JSON.parse(text) as PodList).items.map(({ status }) => status.podIP);
}

export async function podNames(testEnv: TestEnv, namespace: string): Promise<readonly string[]> {
  const text = await kubectl(testEnv, ["get", "pods", `--namespace=${namespace}`, "--output=json"]);
  return (JSON.parse(text) as PodList).items.map(({ metadata }) => metadata.name);
}

/** What an application gets that asks for this URL. */
export type Reply = Omit<Answer, "headers"> & { readonly error?: string };

export interface Caller {
  readonly name: string;
  readonly namespace: string;
}

/** Asks from within a pod of an application, as its own process does. */
export async function ask({ kubelet }: TrafficEnv, { name, namespace }: Caller, url: string): Promise<Reply> {
  const script = `
    const { get } = require("node:http");
    const answer = (reply) => console.log(JSON.stringify({ status: 0, body: "", ...reply }));
    get(process.argv[1], { timeout: 5000, agent: false }, (response) => {
      let body = "";
      response.on("data", (chunk) => (body += chunk));
      response.on("end", () => answer({ status: response.statusCode, body }));
    }).on("timeout", function () { this.destroy(Object.assign(new Error(), { code: "ETIMEDOUT" })); })
      .on("error", (error) => answer({ error: error.code ?? error.message }));`;
  return JSON.parse(await kubelet.exec(namespace, name, [process.execPath, "--eval", script, url])) as Reply;
}

/** Deploys the echo, with a Service, and waits until it is ready. */
export async function deploy(testEnv: TestEnv, application: Application): Promise<void> {
  const { name, namespace } = application;
  await apply(testEnv, `${namespace}-${name}`, echoObjects(application));
  await rolledOut(testEnv, name, namespace);
}

export async function rolledOut(testEnv: TestEnv, name: string, namespace: string): Promise<void> {
  await kubectl(testEnv, ["rollout", "status", `deployment/${name}`, `--namespace=${namespace}`, "--timeout=480s"]);
}

/** The echo and its Service. */
export function echoObjects(settings: EchoSettings): readonly object[] {
  return [deploymentOf(settings), serviceOf(settings)];
}

function deploymentOf(settings: EchoSettings): object {
  const { name, namespace, app = name, replicas = 1, version = "v1", podLabels = {}, podAnnotations = {} } = settings;
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: placed(name, namespace),
    spec: {
      replicas,
      selector: { matchLabels: { deployment: name } },
      template: {
        metadata: { labels: { app, deployment: name, version, ...podLabels }, annotations: podAnnotations },
        spec: {
          terminationGracePeriodSeconds: 10,
          ...(settings.isSpread === true ? { topologySpreadConstraints: [overZones(name)] } : {}),
          containers: [echoContainer({ ...settings, version })],
        },
      },
    },
  };
}

function overZones(name: string): object {
  const labelSelector = { matchLabels: { deployment: name } };
  return { maxSkew: 1, topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "DoNotSchedule", labelSelector };
}

function echoContainer({ version, status = 200, failures = Infinity, stopSeconds = 0 }: EchoSettings): object {
  return {
    ...(stopSeconds === 0 ? {} : { lifecycle: { preStop: { sleep: { seconds: stopSeconds } } } }),
    name: "echo",
    image: "echo",
    env: [
      { name: "POD_NAME", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
      { name: "VERSION", value: version },
      { name: "STATUS", value: String(status) },
      { name: "FAILURES", value: String(failures) },
      { name: "PORT", value: "8080" },
      { name: "TCP_PORT", value: "9000" },
      { name: "GRPC_PORT", value: "9090" },
    ],
    ports: [
      { name: "http", containerPort: 8080 },
      { name: "tcp", containerPort: 9000 },
      { name: "grpc", containerPort: 9090 },
    ],
    readinessProbe: { httpGet: { path: "/?status=200", port: 8080 }, periodSeconds: 2 },
  };
}

function placed(name: string, namespace: string | undefined): object {
  return namespace === undefined ? { name } : { name, namespace };
}

function serviceOf({ name, namespace }: EchoSettings): object {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: placed(name, namespace),
    spec: {
      selector: { app: name },
      ports: [
        { name: "http", port: 8080, targetPort: 8080 },
        { name: "tcp", port: 9000, targetPort: 9000 },
        { name: "grpc", port: 9090, targetPort: 9090 },
      ],
    },
  };
}
