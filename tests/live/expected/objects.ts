import type { KubernetesClient, KubernetesObject } from "../test-env/kubernetes-client";
import type { ExpectedResource } from "./expected-plan";

interface Manifest extends KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
}

/** Paths of the kinds that a mesh makes by itself; Helm's objects are looked at as releases. */
const plurals: Readonly<Record<string, string>> = {
  AuthorizationPolicy: "authorizationpolicies",
  ConfigMap: "configmaps",
  DaemonSet: "daemonsets",
  DestinationRule: "destinationrules",
  EnvoyFilter: "envoyfilters",
  Gateway: "gateways",
  HTTPRoute: "httproutes",
  Ingress: "ingresses",
  Namespace: "namespaces",
  NetworkPolicy: "networkpolicies",
  PeerAuthentication: "peerauthentications",
  ReferenceGrant: "referencegrants",
  Service: "services",
  ServiceEntry: "serviceentries",
  VirtualService: "virtualservices",
};

/** What the cluster lacks of what the plan has: objects and releases. Empty if all is there. */
export async function missingInCluster(
  client: KubernetesClient,
  expected: readonly ExpectedResource[],
): Promise<readonly string[]> {
  const findings = await Promise.all(
    expected.map(async ({ type, inputs }) => {
      if (type === "kubernetes:helm.sh/v3:Release") return missingRelease(client, inputs);
      if (!type.startsWith("kubernetes:") || inputs["kind"] === undefined) return [];
      return missingObject(client, inputs as unknown as Manifest);
    }),
  );
  return findings.flat();
}

async function missingObject(client: KubernetesClient, manifest: Manifest): Promise<readonly string[]> {
  const { apiVersion, kind, metadata } = manifest;
  const plural = plurals[kind];
  if (plural === undefined) return [`${kind}: the test does not know its path`];
  const root = apiVersion === "v1" ? "/api/v1" : `/apis/${apiVersion}`;
  const namespace = metadata.namespace === undefined ? "" : `/namespaces/${metadata.namespace}`;
  const found = await client.find<unknown>(`${root}${namespace}/${plural}/${metadata.name}`);
  if (found === undefined) return [`${kind} ${metadata.name} is not there`];
  return differences(manifest, found, `${kind} ${metadata.name}`);
}

/** Where what is planned is not what is there. What is there besides is the cluster's business. */
function differences(expected: unknown, found: unknown, place: string): readonly string[] {
  if (typeof expected !== "object" || expected === null) {
    return expected === found ? [] : [`${place}: ${JSON.stringify(found)} in place of ${JSON.stringify(expected)}`];
  }
  return Object.entries(expected).flatMap(([key, value]) =>
    differences(value, counterpart(found, key, value), `${place}.${key}`),
  );
}

/**
 * In a list of named things, as containers and their variables are, the one of the same name; others may stand between.
 * Names that are there twice, as of Services in two namespaces, tell nothing.
 */
function counterpart(found: unknown, key: string, expected: unknown): unknown {
  const name = nameIn(expected);
  const named = Array.isArray(found) && name !== undefined ? found.filter((one) => nameIn(one) === name) : [];
  if (named.length === 1) return named[0] as unknown;
  return (found as Readonly<Record<string, unknown>> | undefined)?.[key];
}

function nameIn(thing: unknown): unknown {
  return typeof thing === "object" && thing !== null && "name" in thing ? thing.name : undefined;
}

/** Helm keeps a Secret for each revision of a release. */
async function missingRelease(
  client: KubernetesClient,
  { name, namespace, version, chart }: Readonly<Record<string, unknown>>,
): Promise<readonly string[]> {
  const selector = encodeURIComponent(`owner=helm,name=${String(name)},status=deployed`);
  const path = `/api/v1/namespaces/${String(namespace)}/secrets?labelSelector=${selector}`;
  const found = await client.list(path);
  if (found.length === 1) return [];
  return [`release ${String(name)} (${String(chart)} ${String(version)}) has ${found.length} deployed revisions`];
}
