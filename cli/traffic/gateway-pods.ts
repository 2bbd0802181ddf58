import { listOf, memberAt, membersOf, parsedJson, textOf } from "../members";
import type { Recorded } from "../plan/recording";
import type { LoadBalancer } from "./load-balancer";

/** Pods of a gateway. */
export interface GatewayPods {
  readonly name: string;
  readonly pods: PodCount | undefined;
}

/** The smallest and the largest number of pods. */
export interface PodCount {
  readonly min: number;
  readonly max: number;
}

const release = "kubernetes:helm.sh/v3:Release";
const gatewayName = "gateway.networking.k8s.io/gateway-name";

/** The gateway whose pods a load balancer leads to. */
export function gatewayOf(resources: readonly Recorded[], { service }: LoadBalancer): GatewayPods {
  const selector = membersOf(
    resources
      .filter(({ type, inputs }) => type === "kubernetes:core/v1:Service" && isNamed(inputs, service))
      .map(({ inputs }) => memberAt(inputs, "spec", "selector"))[0],
  );
  const name = selector[gatewayName];
  if (name !== undefined) {
    const gateway = { name: textOf(name), namespace: service.namespace };
    const object = resources.find(({ type, inputs }) => isGatewayApi(type) && isNamed(inputs, gateway));
    return { name: textOf(name), pods: object === undefined ? undefined : podsOf(object, resources) };
  }
  const chart = resources.find((one) => isGatewayRelease(one) && selects(selector, memberAt(one.inputs, "values")));
  if (chart === undefined) return { name: service.name, pods: undefined };
  return { name: textOf(memberAt(chart.inputs, "name")), pods: podsOf(chart, resources) };
}

function isNamed(inputs: unknown, { name, namespace }: LoadBalancer["service"]): boolean {
  const metadata = membersOf(membersOf(inputs)["metadata"]);
  return metadata["name"] === name && metadata["namespace"] === namespace;
}

function isGatewayApi(type: string): boolean {
  return type.startsWith("kubernetes:gateway.networking.k8s.io/") && type.endsWith(":Gateway");
}

function isGatewayRelease({ type, inputs }: Recorded): boolean {
  return type === release && memberAt(inputs, "chart") === "gateway";
}

function selects(selector: object, values: unknown): boolean {
  const labels = membersOf(membersOf(values)["labels"]);
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

/** How many pods a Helm release or a Gateway has; none: it has none that are counted, such as those of a DaemonSet. */
export function podsOf(resource: Recorded, resources: readonly Recorded[]): PodCount | undefined {
  if (isGatewayApi(resource.type)) return podsOfGateway(resource, resources);
  if (resource.type !== release) return undefined;
  const values = membersOf(memberAt(resource.inputs, "values"));
  const { enabled, minReplicas, maxReplicas } = membersOf(values["autoscaling"]);
  if (enabled !== false && minReplicas !== undefined) return countOf(minReplicas, maxReplicas);
  // istiod's chart has names of its own.
  const { autoscaleEnabled, autoscaleMin, autoscaleMax, replicaCount } = values;
  if (autoscaleEnabled !== false && autoscaleMin !== undefined) return countOf(autoscaleMin, autoscaleMax);
  return countOf(replicaCount, replicaCount);
}

/** istiod creates them as the parameters of the Gateway say. */
function podsOfGateway({ inputs }: Recorded, resources: readonly Recorded[]): PodCount | undefined {
  const name = textOf(memberAt(inputs, "spec", "infrastructure", "parametersRef", "name"));
  const namespace = textOf(memberAt(inputs, "metadata", "namespace"));
  const data = resources
    .filter((one) => one.type === "kubernetes:core/v1:ConfigMap" && isNamed(one.inputs, { name, namespace }))
    .map((one) => membersOf(memberAt(one.inputs, "data")))[0];
  const autoscaler = memberAt(parsedJson(data?.["horizontalPodAutoscaler"]), "spec");
  const { minReplicas, maxReplicas } = membersOf(autoscaler);
  if (minReplicas !== undefined) return countOf(minReplicas, maxReplicas);
  const replicas = memberAt(parsedJson(data?.["deployment"]), "spec", "replicas");
  // A Deployment has one pod where nothing else is written.
  return replicas === undefined ? { min: 1, max: 1 } : countOf(replicas, replicas);
}

function countOf(min: unknown, max: unknown): PodCount | undefined {
  return typeof min === "number" && typeof max === "number" ? { min, max } : undefined;
}

/** Where TLS of the clients ends behind a load balancer that does not end it. */
export type TlsEnd = "gateway" | "application";

/** Reads the servers or listeners of the Gateways of an ingress. */
export function tlsEndOf(gateways: readonly Recorded[]): TlsEnd | undefined {
  const modes = gateways.flatMap(({ inputs }) => [
    ...listOf(memberAt(inputs, "spec", "servers")).flatMap((server) => serverMode(server, "port")),
    ...listOf(memberAt(inputs, "spec", "listeners")).flatMap((listener) => serverMode(listener)),
  ]);
  if (modes.includes("terminate")) return "gateway";
  return modes.includes("passthrough") ? "application" : undefined;
}

function serverMode(server: unknown, ...protocolAt: readonly string[]): readonly string[] {
  const protocol = memberAt(server, ...protocolAt, "protocol");
  if (protocol !== "HTTPS" && protocol !== "TLS") return [];
  const mode = memberAt(server, "tls", "mode");
  return [/passthrough/i.test(String(mode)) ? "passthrough" : "terminate"];
}
