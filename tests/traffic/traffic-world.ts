import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { type World, startWorld } from "../live/world/world";
import { Certificates } from "./balancers/certificates";
import { Edge } from "./balancers/edge";
import { startKubeProxies } from "./network/kube-proxy";
import { type Vpc, answerFor, createVpc } from "./network/vpc";
import { writeImages } from "./pods/images";
import { Kubelet } from "./pods/kubelet";

/** A world of the live tier with a network: its pods run, and its load balancers carry connections. */
export interface TrafficWorld {
  readonly world: World;
  readonly vpc: Vpc;
  readonly edge: Edge;
  readonly kubelet: Kubelet;
  readonly certificates: Certificates;
  close(options?: { readonly keepLogs?: boolean }): Promise<void>;
}

export async function startTrafficWorld(): Promise<TrafficWorld> {
  const world = await startWorld({ podNetwork: { answerFor } });
  try {
    return await build(world);
  } catch (error) {
    await world.close({ keepLogs: true });
    throw new Error(`no traffic in this world; its logs are in ${join(world.folder, "logs")}`, { cause: error });
  }
}

async function build(world: World): Promise<TrafficWorld> {
  const { machines } = world.account;
  const [logs, pids, folder] = ["logs", "pids", "traffic"].map((name) => join(world.folder, name)) as [
    string,
    string,
    string,
  ];
  mkdirSync(folder);
  // Roots of pods need a file system that can be an upper layer; a container's own cannot.
  await promisify(execFile)("mount", ["-t", "tmpfs", "tmpfs", folder]);
  const images = writeImages(join(folder, "images"));
  const vpc = await createVpc(machines);
  const { client, access } = world.cluster;
  const certificates = await Certificates.create(join(folder, "certificates"), world.aws.acm);
  const proxies = await startKubeProxies({ access, nodes: vpc.nodes, folder, logs, pids });
  const kubelet = new Kubelet({ client, machines, nodes: vpc.nodes, folder: join(folder, "pods"), images, logs });
  kubelet.start();
  const balancers = { folder: join(folder, "balancers"), logs, pids };
  const edge = await Edge.start({ aws: world.aws, machines, router: vpc.router, certificates, ...balancers });
  world.proxy.targetHealth = (arn, address, port) => edge.healthOf(arn, address, port);
  return {
    world,
    vpc,
    edge,
    kubelet,
    certificates,
    close: async (options) => {
      await edge.stop();
      await kubelet.stop();
      await proxies.stop();
      await promisify(execFile)("umount", ["--recursive", "--lazy", folder]);
      await world.close(options);
    },
  };
}
