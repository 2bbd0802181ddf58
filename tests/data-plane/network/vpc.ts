import type { Machine } from "../../live/test-env/network";
import { Namespace, ip } from "./namespace";

/** Addresses of the tier. Those outside of the VPC are of the ranges for documentation: they are nowhere else. */
export const addresses = {
  /** Where the programs run that stand for the control plane: the API server and istiod. */
  control: "10.0.200.2",
  /** The router of the VPC; load balancers have their addresses here. */
  router: "10.0.0.1",
  /** A client on the internet, and its router. */
  client: "203.0.113.10",
  clients: "203.0.113.0/24",
  clientsRouter: "203.0.113.1",
  publicBalancers: "198.51.100.0/24",
  /** Servers on the internet that are no clients. */
  outside: "192.0.2.10",
  /** The Service of the API server. */
  kubernetes: "10.100.0.1",
  /** Pods whose programs run beside the API server. */
  controlPods: "100.64.0.0/16",
} as const;

const bridge = "vpc";

/** A VPC of namespaces: a bridge with the nodes and with a router, behind which are the load balancers and the internet. */
export interface Vpc {
  /** Namespaces of the nodes, by the node's address. */
  readonly nodes: ReadonlyMap<string, Namespace>;
  readonly router: Namespace;
  /** Removes it, so that another one can be made. */
  remove(): Promise<void>;
}

/** Makes the VPC in the namespace of this process, which must be one that the tier made. */
export async function createVpc(machines: readonly Machine[]): Promise<Vpc> {
  await ip(
    ["-batch", "-"],
    [
      "link set lo up",
      `link add ${bridge} type bridge`,
      `link set ${bridge} up`,
      `addr add ${addresses.control}/16 dev ${bridge}`,
      ...machines.map(({ address, podCidr }) => `route add ${podCidr} via ${address}`),
    ],
  );
  const router = await createRouter(machines);
  const nodes = new Map<string, Namespace>();
  for (const machine of machines) {
    nodes.set(machine.address, await createNode(machine, machines));
  }
  const remove = async () => {
    const links = [bridge, "router", "internet", ...machines.map(portOf)];
    await ip(
      ["-batch", "-"],
      links.map((name) => `link delete ${name}`),
    );
    for (const namespace of [router, ...nodes.values()]) await namespace.remove();
  };
  return { nodes, router, remove };
}

/** Name of the bridge's end of a node's wire. */
function portOf({ address }: Machine): string {
  return `n${address.split(".")[2] ?? ""}`;
}

/** Makes the loopback of this namespace answer for an address, as a host does for its pod. */
export async function answerFor(address: string): Promise<void> {
  await ip(["addr", "add", `${address}/32`, "dev", "lo"]);
}

async function createNode(machine: Machine, machines: readonly Machine[]): Promise<Namespace> {
  const name = `node-${machine.address.replaceAll(".", "-")}`;
  const node = await Namespace.create(name);
  await attach(node, portOf(machine), machine.address);
  await node.setKernel({ "net.ipv4.ip_forward": "1", "net.ipv4.conf.all.rp_filter": "0" });
  const others = machines.filter(({ address }) => address !== machine.address);
  await node.configure([
    ...others.map(({ address, podCidr }) => `route add ${podCidr} via ${address}`),
    `route add ${addresses.controlPods} via ${addresses.control}`,
    `route add default via ${addresses.router}`,
  ]);
  return node;
}

/**
 * Load balancers speak to their targets with the address of the client where AWS does so: what the targets answer to
 * that address is delivered here, and not sent on to the client.
 */
async function createRouter(machines: readonly Machine[]): Promise<Namespace> {
  const router = await Namespace.create("router");
  await attach(router, "router", addresses.router);
  await ip(
    ["-batch", "-"],
    [
      `link add internet type veth peer name internet netns ${router.name}`,
      `addr add ${addresses.client}/24 dev internet`,
      `addr add ${addresses.outside}/32 dev internet`,
      "link set internet up",
      `route add ${addresses.publicBalancers} via ${addresses.clientsRouter} src ${addresses.client}`,
    ],
  );
  await router.setKernel({ "net.ipv4.ip_forward": "1", "net.ipv4.conf.all.rp_filter": "0" });
  await router.configure([
    "link set internet up",
    `addr add ${addresses.clientsRouter}/24 dev internet`,
    `route add ${addresses.outside}/32 dev internet`,
    ...machines.map(({ address, podCidr }) => `route add ${podCidr} via ${address}`),
    "rule add iif eth0 lookup 100 priority 100",
    `route add local ${addresses.clients} dev lo table 100`,
  ]);
  return router;
}

/** Joins a namespace to the bridge of the VPC. */
async function attach({ name }: Namespace, port: string, address: string): Promise<void> {
  await ip(
    ["-batch", "-"],
    [
      `link add ${port} type veth peer name eth0 netns ${name}`,
      `link set ${port} master ${bridge}`,
      `link set ${port} up`,
    ],
  );
  await ip(["-netns", name, "-batch", "-"], [`addr add ${address}/16 dev eth0`, "link set eth0 up"]);
}
