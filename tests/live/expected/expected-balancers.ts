import type { KubernetesClient, KubernetesObject } from "../test-env/kubernetes-client";
import type { TestEnv } from "../test-env/test-env";
import type { ActualBalancer } from "./balancers";
import type { ExpectedResource } from "./expected-plan";

/** A Service or an Ingress that the plan has, as far as a load balancer comes of it. */
interface Carrier {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: {
    readonly type?: string;
    readonly selector?: Readonly<Record<string, string>>;
    readonly ports?: readonly Port[];
    readonly defaultBackend?: Backend;
    readonly rules?: readonly Rule[];
  };
}

interface Port {
  readonly name: string;
  readonly port: number;
  readonly targetPort: number;
}

interface Backend {
  readonly service: { readonly name: string; readonly port: { readonly name: string } };
}

interface Rule {
  readonly host: string;
  readonly http: { readonly paths: readonly { readonly backend: Backend }[] };
}

interface Status extends KubernetesObject {
  readonly spec: { readonly ports?: readonly { readonly name: string; readonly nodePort?: number }[] };
  readonly status?: { readonly loadBalancer?: { readonly ingress?: readonly { readonly hostname: string }[] } };
}

interface Pod extends KubernetesObject {
  readonly status?: { readonly podIP?: string };
}

/** What AWS is to have for each planned Service and Ingress, from their annotations alone; by hostname. */
export async function expectedBalancers(
  { account, cluster: { client } }: TestEnv,
  expected: readonly ExpectedResource[],
): Promise<readonly ActualBalancer[]> {
  const carriers = expected.map(({ inputs }) => inputs as unknown as Carrier);
  const machines = account.machines.map(({ instanceId }) => instanceId);
  const balancers = carriers.map(async (carrier) => {
    if (carrier.kind === "Service" && carrier.spec.type === "LoadBalancer")
      return [await network(client, carrier, machines)];
    if (carrier.kind === "Ingress") return [await application(client, carrier, machines)];
    return [];
  });
  return sorted((await Promise.all(balancers)).flat());
}

export function sorted(balancers: readonly ActualBalancer[]): readonly ActualBalancer[] {
  return [...balancers].sort((one, other) => (one.hostname < other.hostname ? -1 : 1));
}

function reader({ metadata: { annotations = {} } }: Carrier, prefix: string) {
  return (name: string): string => annotations[`${prefix}${name}`] ?? "";
}

async function network(
  client: KubernetesClient,
  carrier: Carrier,
  machines: readonly string[],
): Promise<ActualBalancer> {
  const { namespace, name } = carrier.metadata;
  const service = await read(client, `/api/v1/namespaces/${namespace}/services/${name}`);
  const said = reader(carrier, "service.beta.kubernetes.io/aws-load-balancer-");
  const { ports = [], selector = {} } = carrier.spec;
  const secure = said("ssl-ports").split(",");
  const listener = ({ port }: Port) =>
    said("ssl-cert") !== "" && secure.includes(String(port))
      ? `TLS ${port} ${said("ssl-negotiation-policy")} ${said("ssl-cert")}`
      : `TCP ${port}`;
  const toNodes = said("nlb-target-type") === "instance";
  const checked = toNodes ? nodePortOf(service, said("healthcheck-port")) : said("healthcheck-port");
  const healthCheck = healthCheckText({
    what: `${said("healthcheck-protocol").toUpperCase()} ${checked} ${said("healthcheck-path")}`.trim(),
    times: [said("healthcheck-interval"), said("healthcheck-timeout")],
    counts: [said("healthcheck-healthy-threshold"), said("healthcheck-unhealthy-threshold")],
  });
  const pods = await addresses(client, namespace, selector);
  const attributes = Object.fromEntries(
    said("attributes")
      .split(",")
      .map((pair) => pair.split("=")),
  );
  return {
    hostname: hostnameOf(service),
    kind: "network",
    scheme: said("scheme"),
    securityGroups: said("security-groups").split(","),
    crossZone: String(attributes["load_balancing.cross_zone.enabled"]),
    tags: tagsOf(said("additional-resource-tags")),
    listeners: ports.map(listener).sort(),
    hosts: [],
    targetGroups: ports
      .map(({ name: port, targetPort }) => {
        const targets = toNodes
          ? machines.map((machine) => `${machine}:${nodePortOf(service, port)}`).sort()
          : pods.map((address) => `${address}:${targetPort}`).sort();
        return { type: said("nlb-target-type"), healthCheck, targets };
      })
      .sort(byText),
  };
}

async function application(
  client: KubernetesClient,
  carrier: Carrier,
  machines: readonly string[],
): Promise<ActualBalancer> {
  const { namespace, name } = carrier.metadata;
  const said = reader(carrier, "alb.ingress.kubernetes.io/");
  const [rule] = carrier.spec.rules ?? [];
  const backend = carrier.spec.defaultBackend ?? rule?.http.paths[0]?.backend;
  const service = await read(client, `/api/v1/namespaces/${namespace}/services/${String(backend?.service.name)}`);
  const nodePort = (wanted: string | undefined) => nodePortOf(service, wanted);
  const healthCheck = healthCheckText({
    what: `${said("healthcheck-protocol")} ${nodePort(said("healthcheck-port"))} ${said("healthcheck-path")}`,
    times: [said("healthcheck-interval-seconds"), said("healthcheck-timeout-seconds")],
    counts: [said("healthy-threshold-count"), said("unhealthy-threshold-count")],
  });
  const targets = machines.map((machine) => `${machine}:${nodePort(backend?.service.port.name)}`).sort();
  return {
    hostname: hostnameOf(await read(client, `/apis/networking.k8s.io/v1/namespaces/${namespace}/ingresses/${name}`)),
    kind: "application",
    scheme: said("scheme"),
    securityGroups: said("security-groups").split(","),
    // It has no such choice: an ALB always spreads over the zones.
    crossZone: undefined,
    tags: tagsOf(said("tags")),
    listeners: applicationListeners(said),
    hosts: (carrier.spec.rules ?? []).map(({ host }) => host).sort(),
    targetGroups: [{ type: said("target-type"), healthCheck, targets }],
  };
}

function applicationListeners(said: (name: string) => string): readonly string[] {
  const wanted = JSON.parse(said("listen-ports")) as readonly Readonly<Record<string, number>>[];
  const redirect = said("ssl-redirect");
  return wanted
    .flatMap((one) => Object.entries(one))
    .map(([protocol, port]) => {
      if (protocol === "HTTPS") return `HTTPS ${port} ${said("ssl-policy")} ${said("certificate-arn")}`;
      return redirect === "" ? `${protocol} ${port}` : `${protocol} ${port} redirect to HTTPS ${redirect}`;
    })
    .sort();
}

interface HealthCheckWords {
  readonly what: string;
  readonly times: readonly [string, string];
  readonly counts: readonly [string, string];
}

function healthCheckText({ what, times: [interval, timeout], counts: [up, down] }: HealthCheckWords): string {
  return `${what} every ${interval} s, ${timeout} s, ${up} up, ${down} down`;
}

function tagsOf(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    text
      .split(",")
      .filter((pair) => pair !== "")
      .map((pair) => pair.split("=")),
  ) as Readonly<Record<string, string>>;
}

async function read(client: KubernetesClient, path: string): Promise<Status> {
  return client.get<Status>(path);
}

function nodePortOf({ spec }: Status, wanted: string | undefined): number | undefined {
  return spec.ports?.find((port) => port.name === wanted)?.nodePort;
}

function hostnameOf({ status }: Status): string {
  return (status?.loadBalancer?.ingress?.[0]?.hostname ?? "none").toLowerCase();
}

async function addresses(
  client: KubernetesClient,
  namespace: string,
  selector: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const labels = Object.entries(selector).map(([key, value]) => `${key}=${value}`);
  const query = `labelSelector=${encodeURIComponent(labels.join(","))}`;
  const pods = await client.list<Pod>(`/api/v1/namespaces/${namespace}/pods?${query}`);
  return pods
    .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
    .flatMap(({ status }) => (status?.podIP === undefined ? [] : [status.podIP]));
}

function byText(one: object, other: object): number {
  return JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;
}
