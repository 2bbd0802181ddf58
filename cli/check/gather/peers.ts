import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  currentAccess,
  peerFactsOf,
  readKubeconfig,
  rootFingerprints,
} from "../../../components/multi-cluster/peer-kubeconfig";
import type { MeshSettings } from "../../../components/plan/settings";
import {
  answered,
  type QueryResult,
  type IstiodFacts,
  type PeersFacts,
  type RemoteSecretFacts,
  whenAnswered,
} from "../facts";
import { at, type KubernetesObject, listAt, textAt } from "../kubernetes-object";
import { onExit } from "./on-exit";
import { askPod } from "./port-forward";
import type { ClusterChoice, Proxy } from "./proxy";
import { query, type Tools } from "./tool";

/** How to reach the cluster. */
export interface Reach {
  readonly proxy: Proxy;
  readonly choice: ClusterChoice;
  readonly tools: Tools;
}

/** istiod writes it into every namespace: what the proxies there trust. */
const rootConfigMap = "istio-ca-root-cert";

/** The port of istiod's own state. Source: istio/istio istioctl/pkg/proxyconfig/clusters.go (`istioctl remote-clusters`) */
const monitoringPort = 15014;

/** Asks what this cluster has of the others, and each of the others with the token that istiod has for it. */
export async function findPeers(
  { multiCluster, controlPlane: { namespace } }: MeshSettings,
  reach: Reach,
): Promise<QueryResult<PeersFacts | undefined>> {
  if (multiCluster === undefined) return answered(undefined);
  const [roots, secrets, istiods] = await Promise.all([
    findOwnRoots(reach.proxy, namespace),
    findSecrets(reach, namespace),
    findIstiods(reach, namespace),
  ]);
  return answered({ roots, secrets, istiods });
}

async function findOwnRoots(proxy: Proxy, namespace: string): Promise<QueryResult<readonly string[] | undefined>> {
  const found = await proxy.find<unknown>(`/api/v1/namespaces/${namespace}/configmaps/${rootConfigMap}`);
  return whenAnswered(found, (map) => (map === undefined ? undefined : rootFingerprints(textAt(map, "data", file))));
}

const file = "root-cert.pem";

async function findSecrets(
  { proxy, tools }: Reach,
  namespace: string,
): Promise<QueryResult<readonly RemoteSecretFacts[]>> {
  const selector = encodeURIComponent("istio/multiCluster=true");
  const found = await proxy.find<unknown>(`/api/v1/namespaces/${namespace}/secrets?labelSelector=${selector}`);
  if (!found.known) return found;
  const all = (listAt(found.answer, "items") as readonly KubernetesObject[]).flatMap((secret) =>
    Object.entries((at(secret, "data") ?? {}) as Readonly<Record<string, string>>).map(([cluster, data]) =>
      readPeer({ secret: secret.metadata.name, cluster, text: Buffer.from(data, "base64").toString() }, tools),
    ),
  );
  return answered(await Promise.all(all));
}

interface RemoteSecret {
  readonly secret: string;
  readonly cluster: string;
  readonly text: string;
}

async function readPeer({ secret, cluster, text }: RemoteSecret, tools: Tools): Promise<RemoteSecretFacts> {
  const kubeconfig = readKubeconfig(text);
  // An address may have a password in it.
  const server = textAt(currentAccess(kubeconfig).cluster, "server").replace(/\/\/[^/]*@/, "//");
  const named = { secret, cluster, ownName: peerFactsOf(kubeconfig)?.membership.clusterName };
  if (server === "") return { ...named, server: undefined, roots: answered(undefined) };
  return { ...named, server, roots: await findPeerRoots({ secret, cluster, text }, tools) };
}

/** kubectl takes a kubeconfig from a file only: this one lives in a folder of this user, and as long as the question. */
async function findPeerRoots({ cluster, text }: RemoteSecret, tools: Tools) {
  const folder = mkdtempSync(join(tmpdir(), "istio-eks-check-"));
  const clean = () => {
    rmSync(folder, { recursive: true, force: true });
  };
  const forget = onExit(clean);
  try {
    const path = join(folder, "kubeconfig");
    writeFileSync(path, text, { mode: 0o600 });
    const what = ["get", "configmap", rootConfigMap, "--namespace", "default", "--ignore-not-found"];
    const limits = [`--request-timeout=${tools.timeoutSeconds}s`, `--kubeconfig=${path}`];
    const args = [...what, "--output=jsonpath={.data.root-cert\\.pem}", ...limits];
    const question = `kubectl get configmap ${rootConfigMap} of ${cluster}`;
    const answer = await query({ party: "cluster", program: tools.kubectl, args, text: question }, tools);
    return whenAnswered(answer, (pem) => (pem === "" ? undefined : rootFingerprints(pem)));
  } finally {
    forget();
    clean();
  }
}

async function findIstiods(
  { proxy, choice, tools }: Reach,
  namespace: string,
): Promise<QueryResult<readonly IstiodFacts[]>> {
  const running = new URLSearchParams({ labelSelector: "app=istiod", fieldSelector: "status.phase=Running" });
  const found = await proxy.find<unknown>(`/api/v1/namespaces/${namespace}/pods?${running.toString()}`);
  if (!found.known) return found;
  const pods = (listAt(found.answer, "items") as readonly KubernetesObject[]).map(({ metadata: { name } }) => name);
  const istiods = pods.map(async (pod) => {
    const port = { namespace, pod, port: monitoringPort };
    const message = await askPod<unknown>(port, "/debug/clusterz", { choice, tools });
    return { pod, clusters: whenAnswered(message, statusesOf) };
  });
  return answered(await Promise.all(istiods));
}

function statusesOf(message: unknown): Readonly<Record<string, string>> {
  const all = Array.isArray(message) ? (message as readonly unknown[]) : [];
  return Object.fromEntries(all.map((one) => [textAt(one, "id"), textAt(one, "syncStatus")]));
}
