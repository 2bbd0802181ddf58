import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { KubernetesClient, KubernetesObject } from "../../live/test-env/kubernetes-client";
import type { Node } from "../nodes/node";
import { bindFolder } from "../nodes/overlay";
import { type Place, type Pod, type Source, type Volume, fieldOf } from "./pod";

interface Data extends KubernetesObject {
  readonly data?: Readonly<Record<string, string>>;
}

type Files = Readonly<Record<string, string | Buffer>>;

/** Writes the volumes of a pod to where its containers have them. */
export async function writeVolumes(
  client: KubernetesClient,
  pod: Pod & { place: Place },
  { root, node }: { readonly root: string; readonly node: Node },
): Promise<void> {
  const containers = [...(pod.spec.initContainers ?? []), ...pod.spec.containers];
  const mounts = containers.flatMap(({ volumeMounts = [] }) => volumeMounts);
  for (const volume of pod.spec.volumes ?? []) {
    const paths = new Set(mounts.filter(({ name }) => name === volume.name).map(({ mountPath }) => mountPath));
    const folders = [...paths].map((path) => join(root, inRoot(path)));
    if (volume.hostPath === undefined) {
      const files = await filesOf(client, pod, volume);
      for (const folder of folders) write(folder, files);
    } else {
      const source = node.pathOf(volume.hostPath.path);
      for (const folder of folders) await bindFolder(source, folder);
    }
  }
}

/** `/var/run` is a link to `/run`, and would lead out of the pod's root. */
function inRoot(path: string): string {
  return path.replace(/^\/var\/run\//, "/run/");
}

function write(folder: string, files: Files): void {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o777);
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content, { mode: 0o644 });
  }
}

async function filesOf(client: KubernetesClient, pod: Pod & { place: Place }, volume: Volume): Promise<Files> {
  const { projected, configMap, secret, downwardAPI, emptyDir } = volume;
  if (emptyDir !== undefined) return {};
  if (downwardAPI !== undefined) return sourceFiles(client, pod, { downwardAPI });
  if (configMap !== undefined) return sourceFiles(client, pod, { configMap });
  if (secret !== undefined) return secretFiles(client, pod, secret);
  if (projected === undefined) throw new Error(`volume ${volume.name} of pod ${pod.metadata.name} is of no known kind`);
  const all = await Promise.all(projected.sources.map((source) => sourceFiles(client, pod, source)));
  return Object.assign({}, ...all) as Files;
}

async function sourceFiles(client: KubernetesClient, pod: Pod & { place: Place }, source: Source): Promise<Files> {
  const { serviceAccountToken: token, configMap, downwardAPI } = source;
  if (token !== undefined) return { [token.path]: await requestToken(client, pod, token) };
  if (downwardAPI !== undefined) {
    const items = downwardAPI.items ?? [];
    return Object.fromEntries(
      items.map(({ path, fieldRef }) => [path, fieldOf(pod, fieldRef?.fieldPath ?? "", pod.place) ?? ""]),
    );
  }
  if (configMap === undefined) return {};
  const { name, items, optional } = configMap;
  const path = `/api/v1/namespaces/${pod.metadata.namespace ?? ""}/configmaps/${name}`;
  const found = await client.find<Data>(path);
  if (found === undefined && optional !== true) throw new Error(`there is no ${path} yet`);
  const data = found?.data ?? {};
  if (items === undefined) return data;
  return Object.fromEntries(items.map(({ key, path: file }) => [file, data[key] ?? ""]));
}

async function secretFiles(
  client: KubernetesClient,
  pod: Pod,
  { secretName, optional }: NonNullable<Volume["secret"]>,
) {
  const path = `/api/v1/namespaces/${pod.metadata.namespace ?? ""}/secrets/${secretName}`;
  const found = await client.find<Data>(path);
  if (found === undefined && optional !== true) throw new Error(`there is no ${path} yet`);
  return Object.fromEntries(
    Object.entries(found?.data ?? {}).map(([key, value]) => [key, Buffer.from(value, "base64")]),
  );
}

/** A token of the pod's account, as a kubelet asks for it. */
async function requestToken(
  client: KubernetesClient,
  pod: Pod,
  { audience, expirationSeconds = 3600 }: NonNullable<Source["serviceAccountToken"]>,
): Promise<string> {
  const { namespace = "", name, uid } = pod.metadata;
  const account = `/api/v1/namespaces/${namespace}/serviceaccounts/${pod.spec.serviceAccountName ?? "default"}`;
  const answer = (await client.post(`${account}/token`, {
    apiVersion: "authentication.k8s.io/v1",
    kind: "TokenRequest",
    spec: {
      audiences: audience === undefined ? [] : [audience],
      expirationSeconds,
      boundObjectRef: { apiVersion: "v1", kind: "Pod", name, uid },
    },
  })) as { readonly status: { readonly token: string } };
  return answer.status.token;
}
