import { createServer, type IncomingMessage, type Server } from "node:http";
import { type Socket, connect } from "node:net";
import type { Duplex } from "node:stream";
import type { KubernetesClient, KubernetesObject } from "./kubernetes-client";
import type { NodeAgent } from "./node-agent";

interface Service extends KubernetesObject {
  readonly spec: { readonly clusterIP?: string; readonly selector?: Readonly<Record<string, string>> };
}

/**
 * The API server's way into the cluster's network: it asks for a Service by its address, and is led to the program behind
 * one of the Service's ready pods. While none is ready, it is refused, as it would be in a cluster.
 */
export class EgressProxy {
  private readonly server: Server = createServer();
  private readonly connections = new Set<Duplex>();
  private cluster: { readonly client: KubernetesClient; readonly agent: NodeAgent } | undefined;

  public constructor(private readonly socket: string) {
    this.server.on("connect", (request: IncomingMessage, connection: Duplex) => {
      this.connections.add(connection);
      connection.on("close", () => this.connections.delete(connection));
      connection.on("error", () => connection.destroy());
      void this.lead(String(request.url), connection);
    });
  }

  public async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(this.socket, resolve));
  }

  /** The cluster is there only after the API server, and the API server wants the socket before. */
  public serve(client: KubernetesClient, agent: NodeAgent): void {
    this.cluster = { client, agent };
  }

  public close(): void {
    for (const connection of this.connections) connection.destroy();
    this.server.close();
  }

  private async lead(target: string, connection: Duplex): Promise<void> {
    const port = await this.portOf(target).catch(() => undefined);
    if (port === undefined) {
      connection.end("HTTP/1.1 503 Service Unavailable\r\n\r\n");
      return;
    }
    const pod: Socket = connect(port, "127.0.0.1", () => {
      connection.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      pod.pipe(connection);
      connection.pipe(pod);
    });
    pod.on("error", () => connection.destroy());
    connection.on("close", () => pod.destroy());
  }

  private async portOf(target: string): Promise<number | undefined> {
    if (this.cluster === undefined) return undefined;
    const { client, agent } = this.cluster;
    const [address] = target.split(":");
    const services = await client.list<Service>("/api/v1/services");
    const selector = services.find(({ spec }) => spec.clusterIP === address)?.spec.selector;
    return selector === undefined ? undefined : agent.webhookPort(selector);
  }
}
