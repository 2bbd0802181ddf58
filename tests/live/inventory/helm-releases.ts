import { gunzipSync, gzipSync } from "node:zlib";
import type { KubernetesClient, KubernetesObject } from "../test-env/kubernetes-client";

interface ReleaseSecret extends KubernetesObject {
  readonly data: { readonly release: string };
}

interface Release {
  readonly info: { readonly status: string };
}

export interface ReleaseName {
  readonly namespace: string;
  readonly name: string;
}

/**
 * Leaves a release as a Helm that was killed in the middle of an upgrade leaves it: a further revision, for ever pending.
 */
export async function stickRelease(client: KubernetesClient, { namespace, name }: ReleaseName): Promise<void> {
  const path = `/api/v1/namespaces/${namespace}/secrets`;
  const selector = encodeURIComponent(`owner=helm,name=${name}`);
  const all = await client.list<ReleaseSecret>(`${path}?labelSelector=${selector}`);
  const revisions = all.map(({ metadata }) => Number(metadata.labels?.["version"]));
  const last = all.find(({ metadata }) => metadata.labels?.["version"] === String(Math.max(...revisions)));
  if (last === undefined) throw new Error(`there is no release ${name}`);
  const version = Math.max(...revisions) + 1;
  const status = "pending-upgrade";
  // Helm packs, Helm encodes, and Kubernetes encodes once more.
  const packed = Buffer.from(Buffer.from(last.data.release, "base64").toString(), "base64");
  const release = JSON.parse(gunzipSync(packed).toString()) as Release;
  const stuck = { ...release, version, info: { ...release.info, status } };
  const text = Buffer.from(gzipSync(JSON.stringify(stuck)).toString("base64")).toString("base64");
  await client.post(path, {
    metadata: {
      name: `sh.helm.release.v1.${name}.v${version}`,
      labels: { ...last.metadata.labels, status, version: String(version) },
    },
    type: "helm.sh/release.v1",
    data: { release: text },
  });
}
