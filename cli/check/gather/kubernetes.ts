import { strategyFor } from "../../../components/ingress/strategies";
import { ownNamespaces } from "../../../components/control-plane/namespaces/namespaces-plan";
import type { MeshSettings } from "../../../components/plan/settings";
import { newestOf, readRelease } from "../drift/release-secret";
import {
  answered,
  type QueryResult,
  type AddressObject,
  type KubernetesFacts,
  type ReleaseFacts,
  whenAnswered,
} from "../facts";
import { at, type KubernetesObject, listAt, textAt } from "../kubernetes-object";
import { apiGatewaysOf, loadBalancersOf, releasesOf } from "../mesh-parts";
import { findAuthority } from "./certificate-authority";
import { apiPath, findObjects } from "./objects";
import { findPeers } from "./peers";
import { choiceFlags, type ClusterChoice, metadataOnly, Proxy } from "./proxy";
import { query, type Tools } from "./tool";

/** Asks the cluster everything, side by side; if it does not answer at all, only once. */
export async function gatherKubernetes(
  settings: MeshSettings,
  choice: ClusterChoice,
  tools: Tools,
): Promise<KubernetesFacts> {
  const [opened, server] = await Promise.all([Proxy.open(choice, tools), findServer(choice, tools)]);
  if (!opened.known) return nothing(opened, server);
  const proxy = opened.answer;
  try {
    const version = await findVersion(proxy);
    if (!version.known) return nothing(version, server);
    const authority = await findAuthority(settings, choice, tools);
    const peers = await findPeers(settings, { proxy, choice, tools });
    return await findAll(proxy, settings, { server, version, authority, peers });
  } finally {
    proxy.close();
  }
}

/** When no question has any hope, all have the same answer. */
function nothing(
  refused: Extract<QueryResult<never>, { readonly known: false }>,
  server: QueryResult<string>,
): KubernetesFacts {
  return {
    ...{ server, version: refused, nodes: refused, controllers: refused, istiods: refused, definitions: refused },
    ...{ ingressClasses: refused, vpcCni: refused, namespaces: refused, releases: refused, addressObjects: refused },
    ...{ gateways: refused, authority: refused, peers: refused },
  };
}

export async function findServer(choice: ClusterChoice, tools: Tools): Promise<QueryResult<string>> {
  const args = [
    "config",
    "view",
    "--minify",
    "--output=jsonpath={.clusters[0].cluster.server}",
    ...choiceFlags(choice),
  ];
  return query({ party: "cluster", program: tools.kubectl, args, text: "kubectl config view" }, tools);
}

async function findVersion(proxy: Proxy): Promise<QueryResult<string>> {
  const message = await proxy.find<unknown>("/version");
  // EKS writes the minor as "34+" at times.
  return whenAnswered(message, (answer) => `${textAt(answer, "major")}.${textAt(answer, "minor").replace(/\D/g, "")}`);
}

async function findAll(
  proxy: Proxy,
  settings: MeshSettings,
  known: Pick<KubernetesFacts, "server" | "version" | "authority" | "peers">,
): Promise<KubernetesFacts> {
  const labelled = (kind: string, selector: string) =>
    list(proxy, `${kind}?labelSelector=${encodeURIComponent(selector)}`);
  const deployments = "/apis/apps/v1/deployments";
  const [
    nodes,
    controllers,
    istiods,
    definitions,
    ingressClasses,
    vpcCni,
    namespaces,
    releases,
    addressObjects,
    gateways,
  ] = await Promise.all([
    list(proxy, "/api/v1/nodes"),
    labelled(deployments, "app.kubernetes.io/name=aws-load-balancer-controller"),
    labelled(deployments, "app=istiod"),
    list(proxy, "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", metadataOnly),
    list(proxy, "/apis/networking.k8s.io/v1/ingressclasses"),
    proxy.find<KubernetesObject>("/apis/apps/v1/namespaces/kube-system/daemonsets/aws-node"),
    findNamespaces(proxy, settings),
    findReleases(proxy, settings),
    findLoadBalancers(proxy, settings),
    findGateways(proxy, settings),
  ]);
  const cluster = { ...known, nodes, controllers, istiods, definitions, ingressClasses, vpcCni };
  return { ...cluster, namespaces, releases, addressObjects, gateways };
}

/** A list; empty where the cluster does not know the kind. */
async function list(proxy: Proxy, path: string, accept?: string): Promise<QueryResult<readonly KubernetesObject[]>> {
  const message = await proxy.find<unknown>(path, accept);
  return whenAnswered(message, (answer) => listAt(answer, "items") as readonly KubernetesObject[]);
}

async function findNamespaces(proxy: Proxy, settings: MeshSettings): Promise<QueryResult<readonly KubernetesObject[]>> {
  const found = ownNamespaces(settings).map(async (name) => proxy.find<KubernetesObject>(`/api/v1/namespaces/${name}`));
  return allOf(await Promise.all(found));
}

/** Those that are there; or why one of them cannot be seen. */
function allOf<Found>(all: readonly QueryResult<Found | undefined>[]): QueryResult<readonly Found[]> {
  const refusal = all.find((one) => !one.known);
  if (refusal?.known === false) return refusal;
  return answered(all.flatMap((one) => (one.known && one.answer !== undefined ? [one.answer] : [])));
}

async function findReleases(proxy: Proxy, settings: MeshSettings): Promise<QueryResult<readonly ReleaseFacts[]>> {
  const wanted = releasesOf(settings);
  const namespaces = [...new Set(wanted.map(({ namespace }) => namespace))];
  const secrets = await Promise.all(
    namespaces.map((namespace) => list(proxy, `/api/v1/namespaces/${namespace}/secrets?labelSelector=owner%3Dhelm`)),
  );
  const found = allOf(secrets);
  if (!found.known) return found;
  const isWanted = (secret: KubernetesObject) =>
    wanted.some(({ name, namespace }) => {
      const { metadata } = secret;
      return metadata.labels?.["name"] === name && metadata.namespace === namespace;
    });
  const releases = newestOf(found.answer.flat().filter(isWanted).map(readRelease));
  return answered(
    await Promise.all(
      releases.map(async (release) => ({
        ...release,
        objects: await findObjects(proxy, release.objects, release.namespace),
      })),
    ),
  );
}

/** The object that carries the load balancer of each ingress, with what the controller last complained of. */
async function findLoadBalancers(
  proxy: Proxy,
  settings: MeshSettings,
): Promise<QueryResult<Readonly<Record<string, AddressObject>>>> {
  const addressObjects = loadBalancersOf(settings).map(
    async ({ ingress, namespace }): Promise<QueryResult<readonly [string, AddressObject]>> => {
      const { apiVersion, kind, plural, name } = strategyFor(ingress).address;
      const selector = encodeURIComponent(`involvedObject.kind=${kind},involvedObject.name=${name},type=Warning`);
      const [object, events] = await Promise.all([
        proxy.find<KubernetesObject>(`${apiPath(apiVersion)}/namespaces/${namespace}/${plural}/${name}`),
        list(proxy, `/api/v1/namespaces/${namespace}/events?fieldSelector=${selector}`),
      ]);
      if (!events.known) return events;
      return whenAnswered(
        object,
        (found) => [ingress.name, { object: found, complaint: latest(events.answer) }] as const,
      );
    },
  );
  return whenAnswered(allOf(await Promise.all(addressObjects)), (pairs) => Object.fromEntries(pairs));
}

function latest(events: readonly KubernetesObject[]): string | undefined {
  const time = (event: KubernetesObject) => String(at(event, "lastTimestamp") ?? at(event, "eventTime"));
  const [last] = [...events].sort((one, other) => time(other).localeCompare(time(one)));
  return last === undefined ? undefined : textAt(last, "message");
}

async function findGateways(
  proxy: Proxy,
  settings: MeshSettings,
): Promise<QueryResult<Readonly<Record<string, KubernetesObject>>>> {
  const kinds = "/apis/gateway.networking.k8s.io/v1";
  const found = apiGatewaysOf(settings).map(async ({ name, namespace }) =>
    proxy.find<KubernetesObject>(`${kinds}/namespaces/${namespace}/gateways/${name}`),
  );
  return whenAnswered(allOf(await Promise.all(found)), (all) =>
    Object.fromEntries(all.map((gateway) => [`${gateway.metadata.namespace ?? ""}/${gateway.metadata.name}`, gateway])),
  );
}
