import { gunzipSync } from "node:zlib";
import { parseAllDocuments } from "yaml";
import { at, type KubernetesObject, numberAt, textAt } from "../kubernetes-object";

/** A release as Helm writes it down. */
export interface HelmRelease {
  readonly name: string;
  readonly namespace: string;
  readonly revision: number;
  readonly status: string;
  readonly chart: string;
  readonly version: string;
  readonly objects: readonly KubernetesObject[];
}

/**
 * Reads the Secret that Helm keeps for each revision of a release: JSON, packed, encoded by Helm, and encoded once more
 * by Kubernetes. Hooks are not in it: they are not meant to last.
 */
export function readRelease(secret: KubernetesObject): HelmRelease {
  const release = unpack(secret);
  const namespace = textAt(release, "namespace");
  return {
    name: textAt(release, "name"),
    namespace,
    revision: numberAt(release, "version"),
    status: textAt(release, "info", "status"),
    chart: textAt(release, "chart", "metadata", "name"),
    version: textAt(release, "chart", "metadata", "version"),
    objects: objectsIn(textAt(release, "manifest")),
  };
}

/** The values that the user gave to the release in such a Secret. */
export function readValues(secret: KubernetesObject): Readonly<Record<string, unknown>> {
  return { ...(at(unpack(secret), "config") as object | undefined) };
}

function unpack(secret: KubernetesObject): unknown {
  const packed = Buffer.from(Buffer.from(textAt(secret, "data", "release"), "base64").toString(), "base64");
  return JSON.parse(gunzipSync(packed).toString()) as unknown;
}

/** The objects of a manifest. */
function objectsIn(manifest: string): readonly KubernetesObject[] {
  return parseAllDocuments(manifest)
    .map((document) => document.toJS() as unknown)
    .filter((object) => typeof at(object, "kind") === "string")
    .map((object) => object as KubernetesObject);
}

/** The newest revision of each release. */
export function newestOf<Release extends Pick<HelmRelease, "name" | "namespace" | "revision">>(
  releases: readonly Release[],
): readonly Release[] {
  const newest = new Map<string, Release>();
  for (const release of releases) {
    const key = `${release.namespace}/${release.name}`;
    const known = newest.get(key);
    if (known === undefined || known.revision < release.revision) newest.set(key, release);
  }
  return [...newest.values()];
}
