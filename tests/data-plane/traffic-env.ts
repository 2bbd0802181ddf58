import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { type TestEnv, startTestEnv } from "../live/test-env/test-env";
import { Certificates } from "./balancers/certificates";
import { Edge } from "./balancers/edge";
import { startKubeProxies } from "./network/kube-proxy";
import { NetworkPolicyAgent } from "./network/network-policy-agent";
import { startNodes } from "./nodes/start-nodes";
import { type Vpc, answerFor, createVpc } from "./network/vpc";
import { writeImages } from "./pods/images";
import { Kubelet } from "./pods/kubelet";

/** A test environment of the live tier with a network: its pods run, and its load balancers carry connections. */
export interface TrafficEnv {
  readonly testEnv: TestEnv;
  readonly vpc: Vpc;
  readonly edge: Edge;
  readonly kubelet: Kubelet;
  readonly certificates: Certificates;
  close(options?: { readonly keepLogs?: boolean }): Promise<void>;
}

type End = () => Promise<unknown>;

export async function startTrafficEnv(): Promise<TrafficEnv> {
  const testEnv = await startTestEnv({ podNetwork: { answerFor } });
  const ends: End[] = [];
  const close: TrafficEnv["close"] = async (options) => {
    for (const end of ends.splice(0).reverse()) await end();
    await testEnv.close(options);
  };
  try {
    return { ...(await build(testEnv, ends)), close };
  } catch (error) {
    await close({ keepLogs: true });
    throw new Error(`no traffic in this test environment; its logs are in ${join(testEnv.folder, "logs")}`, {
      cause: error,
    });
  }
}

/** Each part adds how it ends; what comes last ends first. */
async function build(testEnv: TestEnv, ends: End[]): Promise<Omit<TrafficEnv, "close">> {
  const { machines } = testEnv.account;
  const [logs, pids, folder] = ["logs", "pids", "traffic"].map((name) => join(testEnv.folder, name)) as [
    string,
    string,
    string,
  ];
  mkdirSync(folder);
  // Roots of pods need a file system that can be an upper layer; a container's own cannot.
  await promisify(execFile)("mount", ["-t", "tmpfs", "tmpfs", folder]);
  ends.push(async () => promisify(execFile)("umount", ["--recursive", "--lazy", folder]));
  const images = writeImages(join(folder, "images"));
  const vpc = await createVpc(machines);
  ends.push(async () => vpc.remove());
  const { client, access } = testEnv.cluster;
  const certificates = await Certificates.create(join(folder, "certificates"), testEnv.aws.acm);
  const proxies = await startKubeProxies({ access, client, nodes: vpc.nodes, folder, logs, pids });
  ends.push(async () => proxies.stop());
  const nodes = await startNodes(vpc, machines, { folder: join(folder, "nodes"), logs, pids });
  ends.push(async () => Promise.all(nodes.map(async (node) => node.remove())));
  const kubelet = new Kubelet({ client, nodes, folder: join(folder, "pods"), images, logs });
  kubelet.start();
  ends.push(async () => kubelet.stop());
  const policies = new NetworkPolicyAgent({ client, nodes: vpc.nodes, wires: () => kubelet.wires(), folder, logs });
  policies.start();
  ends.push(async () => policies.stop());
  const balancers = { folder: join(folder, "balancers"), logs, pids };
  const edge = await Edge.start({ aws: testEnv.aws, machines, router: vpc.router, certificates, ...balancers });
  ends.push(async () => edge.stop());
  testEnv.proxy.targetHealth = (arn, address, port) => edge.healthOf(arn, address, port);
  return { testEnv, vpc, edge, kubelet, certificates };
}
