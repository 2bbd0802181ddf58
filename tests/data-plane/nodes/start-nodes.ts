import { join } from "node:path";
import type { Machine } from "../../live/test-env/network";
import type { Vpc } from "../network/vpc";
import { Node, type NodeOptions } from "./node";

/** Makes each machine of the VPC a node with files of its own. */
export async function startNodes(
  { nodes }: Vpc,
  machines: readonly Machine[],
  { folder, ...places }: Pick<NodeOptions, "folder" | "logs" | "pids">,
): Promise<readonly Node[]> {
  return Promise.all(
    machines.map(async (machine) => {
      const namespace = nodes.get(machine.address);
      if (namespace === undefined) throw new Error(`no machine has the address ${machine.address}`);
      return Node.create({ machine, namespace, folder: join(folder, machine.address), ...places });
    }),
  );
}
