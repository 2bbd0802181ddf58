import { spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Pod } from "../pods/pod";
import { type Node, cniFolder } from "./node";

interface Plugin {
  readonly type: string;
}

interface PluginList {
  readonly cniVersion: string;
  readonly name: string;
  readonly plugins: readonly Plugin[];
}

export interface NewPod {
  readonly pod: Pod;
  /** Name of its network namespace. */
  readonly namespace: string;
  readonly address: string;
}

/**
 * Calls the node's CNI plugins for a new pod, as a container runtime does: all that come after the VPC CNI's own, which has
 * given the pod its wire. One that fails keeps the pod from starting.
 *
 * Source: https://www.cni.dev/docs/spec/
 */
export async function addToNetwork(node: Node, added: NewPod): Promise<void> {
  const { cniVersion, name, plugins } = listOf(node);
  const netns = `/var/run/netns/${added.namespace}`;
  let result: unknown = {
    cniVersion,
    interfaces: [{ name: "eth0", sandbox: netns }],
    ips: [{ version: "4", address: `${added.address}/32`, interface: 0 }],
  };
  for (const plugin of plugins.slice(1)) {
    const input = JSON.stringify({ ...plugin, cniVersion, name, prevResult: result });
    result = JSON.parse(await call(node, plugin, { variables: variablesOf(added, netns), input }));
  }
}

/** Of the lists there, the first by name. */
function listOf(node: Node): PluginList {
  const folder = node.pathOf(cniFolder);
  const [first] = readdirSync(folder)
    .filter((name) => name.endsWith(".conflist"))
    .sort();
  if (first === undefined) throw new Error(`no list of CNI plugins in ${folder}`);
  return JSON.parse(readFileSync(join(folder, first), "utf8")) as PluginList;
}

function variablesOf({ pod: { metadata }, namespace }: NewPod, netns: string): Readonly<Record<string, string>> {
  const { name, namespace: podNamespace = "", uid = "" } = metadata;
  const pod = { K8S_POD_NAMESPACE: podNamespace, K8S_POD_NAME: name, K8S_POD_UID: uid };
  const parameters = { IgnoreUnknown: "1", ...pod, K8S_POD_INFRA_CONTAINER_ID: namespace };
  return {
    CNI_COMMAND: "ADD",
    CNI_CONTAINERID: namespace,
    CNI_NETNS: netns,
    CNI_IFNAME: "eth0",
    CNI_PATH: "/opt/cni/bin",
    CNI_ARGS: Object.entries(parameters)
      .map(([key, value]) => `${key}=${value}`)
      .join(";"),
  };
}

interface Call {
  readonly variables: Readonly<Record<string, string>>;
  readonly input: string;
}

async function call(node: Node, { type }: Plugin, { variables, input }: Call): Promise<string> {
  const [program, ...parameters] = [...node.enter, `/opt/cni/bin/${type}`];
  const child = spawn(program, parameters, {
    env: { PATH: process.env["PATH"], ...variables },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let output = "";
  let errors = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`the CNI plugin ${type} ended with ${String(code)}: ${output}${errors}`));
    });
  });
}
