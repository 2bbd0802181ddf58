import type { KubernetesClient, KubernetesObject } from "../../live/test-env/kubernetes-client";

interface Service extends KubernetesObject {
  readonly spec: { readonly clusterIP?: string };
}

/** What the cluster's DNS would answer, as a file of hosts: the address of each Service by its names. */
export async function hostsFile(client: KubernetesClient): Promise<string> {
  const services = await client.list<Service>("/api/v1/services");
  const lines = services.flatMap(({ metadata: { name, namespace = "" }, spec: { clusterIP } }) => {
    if (clusterIP === undefined || clusterIP === "" || clusterIP === "None") return [];
    return [`${clusterIP} ${name}.${namespace}.svc.cluster.local ${name}.${namespace}.svc ${name}.${namespace}`];
  });
  return ["127.0.0.1 localhost", ...lines.sort(), ""].join("\n");
}
