import { join } from "node:path";
import { Child } from "../../live/test-env/child";
import type { Namespace } from "./namespace";

/** Where the EKS Pod Identity Agent answers on each node. */
export const podIdentityAddress = "169.254.170.23";

export interface PodIdentityAgentOptions {
  readonly nodes: ReadonlyMap<string, Namespace>;
  readonly logs: string;
  readonly pids: string;
}

/** A program on each node, in the place of the EKS Pod Identity Agent, which answers whoever reaches it. */
export async function startPodIdentityAgents(options: PodIdentityAgentOptions): Promise<{ stop(): Promise<void> }> {
  const script = `
    require("node:http")
      .createServer((_, response) => response.end("credentials"))
      .listen(80, ${JSON.stringify(podIdentityAddress)});`;
  const children: Child[] = [];
  for (const [address, node] of options.nodes) {
    await node.configure([`addr add ${podIdentityAddress}/32 dev lo`]);
    const name = `pod-identity-agent-${address}`;
    const place = { log: join(options.logs, `${name}.log`), environment: {}, pids: options.pids };
    children.push(new Child(name, [...node.enter, process.execPath, "--eval", script], place));
  }
  return {
    stop: async () => {
      await Promise.all(children.map(async (child) => child.stop()));
    },
  };
}
