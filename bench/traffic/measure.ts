import { parseArgs } from "node:util";
import { Stack } from "../../tests/live/engine/stack";
import { eventually, succeeded } from "../../tests/live/trial";
import { type Caller, deploy, kubectl, podAddresses } from "../../tests/data-plane/applications";
import { Client } from "../../tests/data-plane/client/client";
import { get } from "../../tests/data-plane/client/request";
import { sidecarsBehindNlb } from "../../tests/data-plane/meshes";
import { type TrafficEnv, startTrafficEnv } from "../../tests/data-plane/traffic-env";
import { memoryByKind } from "./memory";

/** Milliseconds of a request, of those that came before it sorted out. */
interface Latency {
  readonly p50: number;
  readonly p99: number;
}

interface Row {
  readonly way: string;
  readonly latency: Latency;
  /** The way without a mesh that it is compared with. */
  readonly bare: Latency;
}

const web = { name: "web", namespace: "shop", replicas: 2 };
const caller = { name: "caller", namespace: "shop" };
/** The same applications outside of the mesh. */
const bare = { name: "bare", namespace: "legacy" };
const outsider = { name: "outsider", namespace: "legacy" };
const port = 8080;

/** Requests that are not counted: connections and caches come first. */
const warmUp = 200;

function latencyOf(milliseconds: readonly number[]): Latency {
  const sorted = [...milliseconds].sort((one, other) => one - other);
  const at = (share: number) => Number(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]);
  return { p50: at(0.5), p99: at(0.99) };
}

/** One request after another, on a connection that is kept. */
async function fromClient(requests: number, send: () => Promise<{ readonly status: number }>): Promise<Latency> {
  const milliseconds: number[] = [];
  for (let sent = 0; sent < warmUp + requests; sent++) {
    const start = performance.now();
    const { status } = await send();
    if (status !== 200) throw new Error(`a request was answered with ${status}`);
    if (sent >= warmUp) milliseconds.push(performance.now() - start);
  }
  return latencyOf(milliseconds);
}

interface PodRequest extends Caller {
  readonly to: string;
}

/** The same from within a pod. */
async function fromPod(
  { kubelet }: TrafficEnv,
  { name, namespace, to }: PodRequest,
  requests: number,
): Promise<Latency> {
  const script = `
    const { Agent, get } = require("node:http");
    const [url, warmUp, requests] = [process.argv[1], Number(process.argv[2]), Number(process.argv[3])];
    const agent = new Agent({ keepAlive: true });
    const once = () => new Promise((resolve, reject) => get(url, { agent }, (response) => {
      response.resume();
      response.on("end", () => response.statusCode === 200 ? resolve() : reject(new Error(response.statusCode)));
    }).on("error", reject));
    (async () => {
      const milliseconds = [];
      for (let sent = 0; sent < warmUp + requests; sent++) {
        const start = performance.now();
        await once();
        if (sent >= warmUp) milliseconds.push(performance.now() - start);
      }
      console.log(JSON.stringify(milliseconds));
      agent.destroy();
    })();`;
  const command = [process.execPath, "--eval", script, to, String(warmUp), String(requests)];
  return latencyOf(JSON.parse(await kubelet.exec(namespace, name, command)) as number[]);
}

async function measure(traffic: TrafficEnv, requests: number): Promise<void> {
  const { testEnv } = traffic;
  const client = new Client(traffic);
  const stack = await Stack.create(testEnv, "bench", sidecarsBehindNlb(testEnv));
  const { seconds } = succeeded(await stack.up());
  const url = String((await stack.outputs())["url"]);
  const start = Date.now();
  await kubectl(testEnv, ["create", "namespace", bare.namespace]);
  await Promise.all([web, caller, bare, outsider].map(async (application) => deploy(testEnv, application)));
  await eventually(async () => {
    await client.echo(url);
  }, 60);
  const answered = (Date.now() - start) / 1000;
  process.stdout.write(
    `up: ${seconds.toFixed(1)} s; the first answer ${answered.toFixed(1)} s after it, with the application\n`,
  );
  const rows = [...(await fromOutside(traffic, { client, url, requests })), ...(await inside(traffic, requests))];
  const closed = sidecarsBehindNlb(testEnv, { more: { security: { mtls: "strict", networkPolicies: true } } });
  stack.configure(closed);
  succeeded(await stack.up());
  const policies = await inside(traffic, requests);
  print([...rows, ...policies.map((row) => ({ ...row, way: `${row.way}, strict mTLS and NetworkPolicies` }))]);
  console.table(memoryByKind().map(({ average, ...others }) => ({ ...others, "average MiB": average.toFixed(1) })));
  succeeded(await stack.destroy());
}

interface Outside {
  readonly client: Client;
  readonly url: string;
  readonly requests: number;
}

async function fromOutside(traffic: TrafficEnv, { client, url, requests }: Outside): Promise<readonly Row[]> {
  const agents = client.agents();
  const [address = ""] = await podAddresses(traffic.testEnv, bare.name, bare.namespace);
  const direct = { address, authority: "", agents };
  const without = await fromClient(requests, async () => get(`http://${address}:${port}/`, direct));
  const latency = await fromClient(requests, async () => client.get(url, { agents }));
  agents.http.destroy();
  agents.https.destroy();
  return [{ way: "client, NLB with TLS, gateway, sidecar", latency, bare: without }];
}

async function inside(traffic: TrafficEnv, requests: number): Promise<readonly Row[]> {
  const to = ({ name, namespace }: Caller) => `http://${name}.${namespace}.svc.cluster.local:${port}/`;
  const without = await fromPod(traffic, { ...outsider, to: to(bare) }, requests);
  const latency = await fromPod(traffic, { ...caller, to: to(web) }, requests);
  return [{ way: "pod, sidecar, sidecar, pod", latency, bare: without }];
}

function print(rows: readonly Row[]): void {
  const text = (value: number) => value.toFixed(2);
  console.table(
    rows.map(({ way, latency, bare: without }) => ({
      way,
      "p50 ms": text(latency.p50),
      "p99 ms": text(latency.p99),
      "p50 / bare": text(latency.p50 / without.p50),
      "p99 / bare": text(latency.p99 / without.p99),
    })),
  );
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { requests: { type: "string", default: "2000" } } });
  const traffic = await startTrafficEnv();
  try {
    await measure(traffic, Number(values.requests));
  } finally {
    await traffic.close();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? String(error.stack) : String(error)}\n`);
  process.exitCode = 1;
});
