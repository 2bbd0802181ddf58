import { createServer, connect } from "node:net";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { program } from "../../live/build/cache";
import { Child } from "../../live/test-env/child";
import type { ClusterAccess, KubernetesClient } from "../../live/test-env/kubernetes-client";
import type { Namespace } from "./namespace";
import { addresses } from "./vpc";

export interface KubeProxyOptions {
  readonly access: ClusterAccess;
  readonly client: KubernetesClient;
  readonly nodes: ReadonlyMap<string, Namespace>;
  readonly folder: string;
  readonly logs: string;
  readonly pids: string;
}

/** Starts kube-proxy on each node: Services have their addresses, and node ports are open. */
export async function startKubeProxies(options: KubeProxyOptions): Promise<{ stop(): Promise<void> }> {
  const relay = await relayApiServer(options.access.server);
  await options.client.post("/apis/discovery.k8s.io/v1/namespaces/default/endpointslices", endpoints);
  const kubeconfig = join(options.folder, "kube-proxy.kubeconfig");
  writeFileSync(kubeconfig, stringify(kubeconfigOf(options.access)));
  const children = [...options.nodes].map(([address, node]) => {
    const name = `kube-proxy-${address}`;
    const command = [
      program("kube-proxy"),
      `--kubeconfig=${kubeconfig}`,
      "--proxy-mode=nftables",
      `--hostname-override=ip-${address.replaceAll(".", "-")}.eu-central-1.compute.internal`,
      "--conntrack-max-per-core=0",
      "--conntrack-tcp-timeout-established=0",
      "--conntrack-tcp-timeout-close-wait=0",
      "--cluster-cidr=10.0.0.0/16",
      "--metrics-bind-address=127.0.0.1:10249",
      "--healthz-bind-address=0.0.0.0:10256",
    ];
    const log = join(options.logs, `${name}.log`);
    return new Child(name, [...node.enter, ...command], { log, environment: {}, pids: options.pids });
  });
  return {
    stop: async () => {
      await Promise.all(children.map(async (child) => child.stop()));
      relay.close();
    },
  };
}

/** The Service of the API server leads to the relay; the API server itself would publish its loopback. */
const endpoints = {
  apiVersion: "discovery.k8s.io/v1",
  kind: "EndpointSlice",
  metadata: { name: "kubernetes", labels: { "kubernetes.io/service-name": "kubernetes" } },
  addressType: "IPv4",
  endpoints: [{ addresses: [addresses.control], conditions: { ready: true } }],
  ports: [{ name: "https", port: 443, protocol: "TCP" }],
};

/** The API server listens on the loopback of this namespace only. */
async function relayApiServer(server: string): Promise<{ close(): void }> {
  const port = Number(new URL(server).port);
  const sockets = new Set<{ destroy(): void }>();
  const relay = createServer((incoming) => {
    const outgoing = connect(port, "127.0.0.1");
    for (const [one, other] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      sockets.add(one);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve) => relay.listen(443, addresses.control, resolve));
  return {
    close: () => {
      relay.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function kubeconfigOf({ certificateAuthority, token }: ClusterAccess): object {
  const cluster = {
    server: `https://${addresses.control}:443`,
    "tls-server-name": "kubernetes.default.svc",
    "certificate-authority-data": Buffer.from(certificateAuthority).toString("base64"),
  };
  return {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "live", cluster }],
    users: [{ name: "live", user: { token } }],
    contexts: [{ name: "live", context: { cluster: "live", user: "live" } }],
    "current-context": "live",
  };
}
