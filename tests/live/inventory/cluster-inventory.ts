import type { KubernetesClient } from "../test-env/kubernetes-client";

interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly verbs: readonly string[];
}

interface Item {
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** Kinds that come and go by themselves. */
const restless = ["Event", "Lease", "APIService", "ComponentStatus", "PodMetrics", "NodeMetrics"];

/** Every object of the cluster, one line each, sorted. */
export async function clusterInventory(client: KubernetesClient): Promise<readonly string[]> {
  const versions = await groupVersions(client);
  const lines = await Promise.all(versions.map(async (version) => linesOf(client, version)));
  return [...new Set(lines.flat())].sort();
}

async function groupVersions(client: KubernetesClient): Promise<readonly string[]> {
  const { groups } = await client.get<{
    readonly groups: readonly { readonly preferredVersion: { readonly groupVersion: string } }[];
  }>("/apis");
  return ["/api/v1", ...groups.map(({ preferredVersion }) => `/apis/${preferredVersion.groupVersion}`)];
}

async function linesOf(client: KubernetesClient, version: string): Promise<readonly string[]> {
  // A definition may go between two questions.
  const found = await client.find<{ readonly resources: readonly Resource[] }>(version).catch(() => undefined);
  const listed = (found?.resources ?? []).filter(
    ({ name, kind, verbs }) => verbs.includes("list") && !name.includes("/") && !restless.includes(kind),
  );
  const lines = await Promise.all(
    listed.map(async ({ name, kind }) => {
      const items = await client.list<Item>(`${version}/${name}`);
      return items.map(({ metadata }) => `${kind} ${metadata.namespace ?? ""}/${metadata.name}`);
    }),
  );
  return lines.flat();
}

/** What a destroyed mesh leaves on purpose; docs/destroy.md has the commands that remove it. */
const documentedLeftovers: readonly RegExp[] = [
  /^CustomResourceDefinition \/\S+\.istio\.io$/,
  /^CustomResourceDefinition \/\S+\.gateway\.networking\.(x-)?k8s\.io$/,
  /^ValidatingAdmissionPolicy(Binding)? \/safe-upgrades\.gateway\.networking\.k8s\.io$/,
  /^ConfigMap \S+\/istio-ca-(root-cert|crl)$/,
  /^GatewayClass \/istio/,
  // The test environment's own controller, which has another name after each start.
  /^Pod kube-system\/aws-load-balancer-controller-/,
];

/** What is there now and was not before, but for what is documented. */
export function leftovers(before: readonly string[], now: readonly string[]): readonly string[] {
  return now.filter((line) => !before.includes(line) && !documentedLeftovers.some((pattern) => pattern.test(line)));
}
