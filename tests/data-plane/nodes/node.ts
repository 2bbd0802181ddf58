import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Machine } from "../../live/test-env/network";
import { type Namespace, netnsFolder } from "../network/namespace";
import { bindFolder, mountOverlay, unmount } from "./overlay";
import { Prober } from "./prober";

export interface NodeOptions {
  readonly machine: Machine;
  readonly namespace: Namespace;
  /** Folder for its files. */
  readonly folder: string;
  readonly logs: string;
  readonly pids: string;
}

/** The process of a pod that its node shows to agents. */
export interface PodProcess {
  readonly id: number;
  /** Of the pod. */
  readonly uid: string;
  /** Name of the pod's network namespace. */
  readonly namespace: string;
}

export const cniFolder = "/etc/cni/net.d";
/** What the VPC CNI writes. Its own plugin is the wire that a pod gets from the tier. */
const vpcCniList = { cniVersion: "0.4.0", name: "aws-cni", disableCheck: true, plugins: [{ type: "aws-cni" }] };

/** A node: its network, files of its own over those of this machine, and probes from it. */
export class Node {
  private constructor(
    private readonly options: NodeOptions,
    private readonly place: { readonly root: string; readonly processes: string },
    public readonly prober: Prober,
  ) {}

  public static async create(options: NodeOptions): Promise<Node> {
    const { machine, namespace, folder, logs, pids } = options;
    mkdirSync(folder, { recursive: true });
    const root = await mountOverlay(folder, ["/"]);
    await bindFolder(netnsFolder, join(root, netnsFolder));
    const configuration = join(root, cniFolder);
    rmSync(configuration, { recursive: true, force: true });
    mkdirSync(configuration, { recursive: true });
    writeFileSync(join(configuration, "10-aws.conflist"), JSON.stringify(vpcCniList));
    const processes = join(folder, "proc");
    const prober = await Prober.start({ name: machine.address, namespace, folder, logs, pids });
    const node = new Node(options, { root, processes }, prober);
    node.showNamespace(1, namespace.name);
    return node;
  }

  public get machine(): Machine {
    return this.options.machine;
  }

  public get namespace(): Namespace {
    return this.options.namespace;
  }

  /** Where a path of the node is. Of its processes there are only those that agents look for. */
  public pathOf(path: string): string {
    if (path === "/proc") return this.place.processes;
    return join(this.place.root, path.replace(/^\/var\/run(?=\/|$)/, "/run"));
  }

  /** Prefix of a command that runs on it. */
  public get enter(): readonly [string, ...string[]] {
    return [...this.namespace.enter, "chroot", this.place.root];
  }

  /** Shows a process of a pod: agents find the pod's network by its control group. */
  public show({ id, uid, namespace }: PodProcess): void {
    this.showNamespace(id, namespace);
    const folder = join(this.place.processes, String(id));
    const group = `0::/kubepods.slice/kubepods-pod${uid.replaceAll("-", "_")}.slice/cri-containerd-${id}.scope\n`;
    writeFileSync(join(folder, "cgroup"), group);
    // Of its fields one is read: when it started, the twentieth after the name.
    const fields = ["S", ...Array.from({ length: 18 }, () => "0"), String(id)];
    writeFileSync(join(folder, "stat"), `${id} (pause) ${fields.join(" ")}\n`);
  }

  public hide(id: number): void {
    rmSync(join(this.place.processes, String(id)), { recursive: true, force: true });
  }

  public async remove(): Promise<void> {
    await this.prober.stop();
    await unmount(this.place.root);
  }

  /** Agents have the node's folder of network namespaces at `/host/var/run/netns`. */
  private showNamespace(id: number, name: string): void {
    const folder = join(this.place.processes, String(id), "ns");
    mkdirSync(folder, { recursive: true });
    symlinkSync(`/host/var/run/netns/${name}`, join(folder, "net"));
  }
}
