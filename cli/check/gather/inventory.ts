import {
  type Inventory,
  type InstalledRelease,
  type KubernetesInventory,
  configurationPaths,
} from "../../adopt/inventory";
import { newestOf, readRelease, readValues } from "../drift/release-secret";
import { type QueryResult, whenAnswered } from "../facts";
import { type KubernetesObject, listAt, textAt } from "../kubernetes-object";
import { gatherAwsInventory } from "./inventory-aws";
import { gathered } from "./aws";
import { type ClusterChoice, metadataOnly, Proxy } from "./proxy";
import { environmentOf, type Tools } from "./tool";

/** Where to look. */
export interface InventorySite extends ClusterChoice {
  readonly cluster: string;
  readonly region: string | undefined;
  readonly profile: string | undefined;
  readonly timeoutSeconds: number;
}

/** Queries what is in the cluster and in AWS. Reads only, and never throws: what cannot be queried is reported as such. */
export async function gatherInventory(site: InventorySite): Promise<Inventory> {
  const tools: Tools = {
    ...{ kubectl: "kubectl", aws: "aws", timeoutSeconds: site.timeoutSeconds },
    environment: environmentOf(site.profile),
  };
  const kubernetes = gatherKubernetesInventory(site, tools);
  const hostnames = kubernetes.then(({ services, ingresses }) =>
    [services, ingresses].flatMap((result) => (result.known ? result.answer : [])).map(hostnameOf),
  );
  const [inCluster, aws] = await Promise.all([kubernetes, gatherAwsInventory(site, hostnames, tools)]);
  return { cluster: site.cluster, kubernetes: inCluster, aws };
}

function hostnameOf(object: KubernetesObject): string {
  return textAt(object, "status", "loadBalancer", "ingress", 0, "hostname").toLowerCase();
}

async function gatherKubernetesInventory(choice: ClusterChoice, tools: Tools): Promise<KubernetesInventory> {
  const opened = await Proxy.open(choice, tools);
  if (!opened.known) return nothing(opened);
  const proxy = opened.answer;
  try {
    const version = await proxy.find<unknown>("/version");
    return version.known ? await findAll(proxy) : nothing(version);
  } finally {
    proxy.close();
  }
}

/** When no question has any hope, all have the same answer. */
function nothing(refused: Extract<QueryResult<never>, { readonly known: false }>): KubernetesInventory {
  return {
    ...{ istiods: refused, agents: refused, releases: refused, services: refused, ingresses: refused },
    ...{ namespaces: refused, meshConfigs: refused, tagWebhooks: refused, peerAuthentications: refused },
    ...{ gateways: refused, authorities: refused, configuration: ofEachKind(configurationPaths, () => refused) },
  };
}

type Kinds = KubernetesInventory["configuration"];

function ofEachKind<Answer>(kinds: Readonly<Record<keyof Kinds, string>>, answer: (path: string) => Answer) {
  const entries = Object.entries(kinds).map(([kind, path]) => [kind, answer(path)] as const);
  return Object.fromEntries(entries) as Readonly<Record<keyof Kinds, Answer>>;
}

async function findAll(proxy: Proxy): Promise<KubernetesInventory> {
  const apps = "/apis/apps/v1";
  const webhooks = "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations";
  const [istiods, cni, ztunnel, releases, services, ingresses, namespaces, meshConfigs, tagWebhooks] =
    await Promise.all([
      list(proxy, labelled(`${apps}/deployments`, "app=istiod")),
      list(proxy, labelled(`${apps}/daemonsets`, "k8s-app=istio-cni-node")),
      list(proxy, labelled(`${apps}/daemonsets`, "app=ztunnel")),
      findReleases(proxy),
      list(proxy, "/api/v1/services"),
      list(proxy, "/apis/networking.k8s.io/v1/ingresses"),
      list(proxy, "/api/v1/namespaces"),
      list(proxy, labelled("/api/v1/configmaps", "istio.io/rev")),
      list(proxy, labelled(webhooks, "istio.io/tag")),
    ]);
  const [peerAuthentications, gateways, apiGateways, authorities, configuration] = await Promise.all([
    list(proxy, "/apis/security.istio.io/v1/peerauthentications"),
    list(proxy, "/apis/networking.istio.io/v1/gateways"),
    list(proxy, "/apis/gateway.networking.k8s.io/v1/gateways"),
    // Metadata alone: the private key stays in the cluster.
    list(proxy, `/api/v1/secrets?fieldSelector=${encodeURIComponent("metadata.name=cacerts")}`, metadataOnly),
    findConfiguration(proxy),
  ]);
  return {
    ...{ authorities, configuration },
    ...{ istiods, releases, services, ingresses, namespaces, meshConfigs, tagWebhooks, peerAuthentications },
    agents: whenAnswered(gathered([cni, ztunnel]), (lists) => lists.flat()),
    gateways: whenAnswered(gathered([gateways, apiGateways]), (lists) => lists.flat()),
  };
}

async function findConfiguration(proxy: Proxy): Promise<Kinds> {
  const queries = ofEachKind(configurationPaths, (path) => list(proxy, path));
  const answers = await Promise.all(Object.entries(queries).map(async ([kind, one]) => [kind, await one] as const));
  return Object.fromEntries(answers) as Kinds;
}

function labelled(path: string, selector: string): string {
  return `${path}?labelSelector=${encodeURIComponent(selector)}`;
}

/** A list, whose entries leave out what the list says of all; empty where the cluster does not know the kind. */
async function list(proxy: Proxy, path: string, accept?: string): Promise<QueryResult<readonly KubernetesObject[]>> {
  const message = await proxy.find<unknown>(path, accept);
  return whenAnswered(message, (answer) => {
    const kind = textAt(answer, "kind").replace(/List$/, "");
    const apiVersion = textAt(answer, "apiVersion");
    return (listAt(answer, "items") as readonly KubernetesObject[]).map((item) => ({ apiVersion, kind, ...item }));
  });
}

/** The newest revision of each release, chosen by the names of the Secrets before any is read whole. */
async function findReleases(proxy: Proxy): Promise<QueryResult<readonly InstalledRelease[]>> {
  const secrets = await list(proxy, labelled("/api/v1/secrets", "owner=helm"), metadataOnly);
  if (!secrets.known) return secrets;
  const found = await Promise.all(
    newestOf(secrets.answer.map(({ metadata }) => ({ ...label(metadata), metadata }))).map(({ metadata }) =>
      proxy.find<KubernetesObject>(`/api/v1/namespaces/${metadata.namespace ?? ""}/secrets/${metadata.name}`),
    ),
  );
  return whenAnswered(gathered(found), (all) =>
    all.flatMap((secret) => {
      if (secret === undefined) return [];
      const { name, namespace, chart, version, revision, status } = readRelease(secret);
      return [{ name, namespace, chart, version, revision, status, values: readValues(secret) }];
    }),
  );
}

function label({ labels = {}, namespace = "" }: KubernetesObject["metadata"]) {
  return { name: labels["name"] ?? "", namespace, revision: Number(labels["version"] ?? 0) };
}
