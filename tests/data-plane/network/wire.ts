import type { Namespace } from "./namespace";

/** Ports of connections to an address, each with how many there were. */
export type Connections = Readonly<Record<number, number>>;

interface Listing {
  readonly nftables: readonly {
    readonly set?: {
      readonly elem?: readonly {
        readonly elem: { readonly val: { readonly concat: readonly [string, number] }; readonly counter: Counter };
      }[];
    };
  }[];
}

interface Counter {
  readonly packets: number;
}

/** What a node's wires carry: it counts the connections that begin there, by address and port, as they reach the pod. */
export class WireCounter {
  private constructor(private readonly nodes: readonly Namespace[]) {}

  public static async start(nodes: readonly Namespace[]): Promise<WireCounter> {
    const rules = [
      "table ip wire {",
      "set connections { type ipv4_addr . inet_service; flags dynamic; size 65535; counter; }",
      "chain forward { type filter hook forward priority 20; policy accept;",
      'oifname "pod-*" tcp flags & (syn | ack) == syn update @connections { ip daddr . tcp dport }',
      "}",
      "}",
    ];
    await Promise.all(nodes.map(async (node) => node.run(["nft", rules.join("\n")])));
    return new WireCounter(nodes);
  }

  /** Connections to these addresses since the start. */
  public async to(addresses: readonly string[]): Promise<Connections> {
    const found: Record<number, number> = {};
    for (const node of this.nodes) {
      const listing = JSON.parse(await node.run(["nft", "--json", "list", "table", "ip", "wire"])) as Listing;
      for (const { elem } of listing.nftables.flatMap(({ set }) => set?.elem ?? [])) {
        const [address, port] = elem.val.concat;
        if (addresses.includes(address)) found[port] = (found[port] ?? 0) + elem.counter.packets;
      }
    }
    return found;
  }

  public async stop(): Promise<void> {
    await Promise.all(this.nodes.map(async (node) => node.run(["nft", "delete", "table", "ip", "wire"])));
  }
}
