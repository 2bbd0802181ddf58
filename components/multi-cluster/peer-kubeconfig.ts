import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { cidr } from "../inputs/network/cidr";
import { valueAt } from "../inputs/path";
import { parseYaml } from "../inputs/yaml";
import { Mode } from "../plan/enums";
import type { PeerGateway, KnownAccess, KnownVpc, MeshMembership } from "../plan/multi-cluster";

/** The entry of the kubeconfig's `extensions` that describes the cluster as a member of a mesh. */
const extensionName = "istio-eks";

/** What the kubeconfig of a peer reveals of it. */
export interface PeerFacts {
  readonly membership: MeshMembership;
  /** SHA-256 of its root certificates; empty: not known. */
  readonly roots: readonly string[];
  /** Where its pods have their addresses; undefined: not known. */
  readonly vpc?: KnownVpc | undefined;
  /** Its gateway, in ambient mode. */
  readonly gateway?: PeerGateway | undefined;
}

/**
 * A kubeconfig with a token: istiod refuses one that runs a command, and its image has no `aws`. The extension describes
 * the cluster, so that a peer is compared with it before istiod reads it; Kubernetes clients ignore extensions.
 *
 * Sources: istio/istio pkg/kube/util.go (sanitizeKubeConfig), k8s.io/client-go tools/clientcmd/api/v1/types.go
 */
export function kubeconfigText({ mode, ...membership }: MeshMembership, access: KnownAccess): string {
  const { clusterName: name } = membership;
  const { endpoint, certificateAuthority, token, root, vpc, gateway } = access;
  // A cluster that says nothing of it has sidecars: releases before ambient mode wrote neither.
  const ambient = mode === Mode.Ambient ? { mode, gateway } : {};
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name, cluster: { server: endpoint, "certificate-authority-data": certificateAuthority } }],
    users: [{ name, user: { token } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    "current-context": name,
    extensions: [{ name: extensionName, extension: { ...membership, roots: rootFingerprints(root), vpc, ...ambient } }],
  });
}

/** SHA-256 of each root certificate in a PEM text, in any layout of its lines. */
export function rootFingerprints(pem: string): readonly string[] {
  const blocks = [...pem.matchAll(/-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/g)];
  return blocks
    .map(([, block]) =>
      createHash("sha256")
        .update(Buffer.from(String(block), "base64"))
        .digest("hex"),
    )
    .sort();
}

/** A kubeconfig as an object; undefined: the text is none. */
export function readKubeconfig(text: string): unknown {
  try {
    const read = parseYaml(text);
    return valueAt(read, ["kind"]) === "Config" ? read : undefined;
  } catch {
    return undefined;
  }
}

/** What a kubeconfig of `peerAccess` says of its cluster; undefined: it was made elsewhere, and says nothing. */
export function peerFactsOf(kubeconfig: unknown): PeerFacts | undefined {
  const extension = namedEntry(kubeconfig, "extensions", extensionName);
  const found = valueAt(extension, ["extension"]);
  if (!isMember(found)) return undefined;
  const { roots, vpc, gateway, mode, ...membership } = found;
  return {
    membership: { ...membership, mode: mode === Mode.Ambient ? Mode.Ambient : Mode.Sidecar },
    roots,
    ...(isVpc(vpc) ? { vpc } : {}),
    ...(isGateway(gateway) ? { gateway } : {}),
  };
}

function isGateway(found: unknown): found is PeerGateway {
  return ["address", "namespace"].every((key) => typeof valueAt(found, [key]) === "string");
}

/** Releases before this one do not describe it. */
function isVpc(found: unknown): found is KnownVpc {
  const ranges = valueAt(found, ["ranges"]);
  return typeof valueAt(found, ["id"]) === "string" && Array.isArray(ranges) && ranges.every(isRange);
}

function isRange(found: unknown): boolean {
  return typeof found === "string" && cidr.check(found) === undefined;
}

/** What the extension says, as far as it was looked at. */
type Extension = Omit<MeshMembership, "mode"> & {
  readonly roots: readonly string[];
  readonly vpc?: unknown;
  readonly gateway?: unknown;
  readonly mode?: unknown;
};

function isMember(found: unknown): found is Extension {
  const types = ["meshId", "clusterName", "network", "trustDomain"].map((key) => typeof valueAt(found, [key]));
  const lists = ["trustDomainAliases", "roots"].map((key) => Array.isArray(valueAt(found, [key])));
  return isDeepStrictEqual(new Set([...types, ...lists]), new Set(["string", true]));
}

/** The user and the cluster of the current context. */
export function currentAccess(kubeconfig: unknown): { readonly user: unknown; readonly cluster: unknown } {
  const context = namedEntry(kubeconfig, "contexts", valueAt(kubeconfig, ["current-context"]));
  return {
    user: valueAt(namedEntry(kubeconfig, "users", valueAt(context, ["context", "user"])), ["user"]),
    cluster: valueAt(namedEntry(kubeconfig, "clusters", valueAt(context, ["context", "cluster"])), ["cluster"]),
  };
}

function namedEntry(kubeconfig: unknown, list: string, name: unknown): unknown {
  const entries = valueAt(kubeconfig, [list]);
  if (!Array.isArray(entries)) return undefined;
  return (entries as readonly unknown[]).find((entry) => valueAt(entry, ["name"]) === name);
}
