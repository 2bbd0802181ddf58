import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { KubernetesClient } from "../../live/test-env/kubernetes-client";
import { nothingToStop, untilStopped } from "../../live/test-env/until-stopped";
import type { Namespace } from "./namespace";
import { type AddressedPod, type NetworkPolicy, type WiredPod, policyScript } from "./network-policies";

/** The node's end of a pod's wire. */
export interface Wire {
  readonly name: string;
  /** Address of the node. */
  readonly node: string;
}

export interface NetworkPolicyAgentOptions {
  readonly client: KubernetesClient;
  readonly nodes: ReadonlyMap<string, Namespace>;
  /** The wires of the pods that run, by the pod's uid. */
  readonly wires: () => ReadonlyMap<string, Wire>;
  readonly folder: string;
  readonly logs: string;
}

/** Milliseconds between two looks at the policies and pods. */
const interval = 300;

/** The VPC CNI's network policy agents of all nodes: they keep each node's firewall as the cluster's NetworkPolicies say. */
export class NetworkPolicyAgent {
  private readonly written = new Map<string, string>();
  private stopLooking = nothingToStop;

  public constructor(private readonly options: NetworkPolicyAgentOptions) {}

  public start(): void {
    this.stopLooking = untilStopped({ look: () => this.look(), report: (error) => this.report(error), interval });
  }

  public async stop(): Promise<void> {
    await this.stopLooking();
  }

  private report(error: unknown): void {
    appendFileSync(join(this.options.logs, "network-policy-agent.log"), `${String(error)}\n`);
  }

  private async look(): Promise<void> {
    const { client, nodes } = this.options;
    const [policies, namespaces, pods] = await Promise.all([
      client.list<NetworkPolicy>("/apis/networking.k8s.io/v1/networkpolicies"),
      client.list("/api/v1/namespaces"),
      client.list<AddressedPod>("/api/v1/pods"),
    ]);
    const wires = this.options.wires();
    for (const [address, node] of nodes) {
      const wired = pods.flatMap((pod): readonly WiredPod[] => {
        const wire = wires.get(pod.metadata.uid ?? "");
        return wire?.node === address ? [{ pod, wire: wire.name }] : [];
      });
      await this.write(address, node, policyScript({ policies, namespaces, pods }, wired));
    }
  }

  private async write(address: string, node: Namespace, script: string): Promise<void> {
    if (this.written.get(address) === script) return;
    const path = join(this.options.folder, `policies-${address}.nft`);
    writeFileSync(path, script);
    await node.run(["nft", "--file", path]);
    this.written.set(address, script);
  }
}
