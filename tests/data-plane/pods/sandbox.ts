import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { Namespace, ip } from "../network/namespace";
import { mountOverlay, unmount } from "../nodes/overlay";
import type { Place } from "./pod";

const run = promisify(execFile);

/** The gateway of every pod, as the VPC CNI has it, and the address that the node's end of its wire answers with. */
const gateway = { address: "169.254.1.1", mac: "02:00:00:00:00:01" } as const;

export interface SandboxOptions {
  readonly name: string;
  readonly node: Namespace;
  readonly place: Place;
  /** Folder for the pod's root. */
  readonly folder: string;
  /** Folder with the files of all images. */
  readonly images: string;
  /** File that is the pod's /etc/hosts. */
  readonly hosts: string;
  readonly kernel: Readonly<Record<string, string>>;
}

/** A pod's own network, and its root: the files of the images over those of this machine, changes for itself. */
export class Sandbox {
  private constructor(
    private readonly namespace: Namespace,
    public readonly root: string,
  ) {}

  public static async create(options: SandboxOptions): Promise<Sandbox> {
    const namespace = await Namespace.create(options.name);
    await connect(namespace, options);
    await namespace.setKernel(options.kernel);
    return new Sandbox(namespace, await mountRoot(options));
  }

  /** Prefix of a command that runs in the pod as this user. */
  public enter(user: number, group: number): readonly [string, ...string[]] {
    const identity = [`--reuid=${user}`, `--regid=${group}`, "--clear-groups"];
    return [...this.namespace.enter, "chroot", this.root, "setpriv", ...identity, "--"];
  }

  public async remove(): Promise<void> {
    await this.namespace.remove();
    await unmount(this.root);
  }
}

/** Name of the node's end of a pod's wire. */
export function wireOf(name: string): string {
  return name.slice(0, 15);
}

async function connect({ name }: Namespace, { node, place: { address } }: SandboxOptions): Promise<void> {
  const wire = wireOf(name);
  await ip(["link", "add", wire, "netns", node.name, "type", "veth", "peer", "name", "eth0", "netns", name]);
  await node.configure([
    `link set ${wire} address ${gateway.mac}`,
    `link set ${wire} up`,
    `route add ${address}/32 dev ${wire}`,
  ]);
  await ip(
    ["-netns", name, "-batch", "-"],
    [
      `addr add ${address}/32 dev eth0`,
      "link set eth0 up",
      `route add ${gateway.address} dev eth0`,
      `neigh add ${gateway.address} lladdr ${gateway.mac} dev eth0 nud permanent`,
      `route add default via ${gateway.address} dev eth0`,
    ],
  );
}

async function mountRoot({ folder, images, hosts }: SandboxOptions): Promise<string> {
  const root = await mountOverlay(folder, [images, "/"]);
  await run("mount", ["--bind", hosts, join(root, "etc", "hosts")]);
  return root;
}
