import { hidden } from "../inputs/display";
import { pathText } from "../inputs/path";
import { problemsIn } from "../inputs/problem";
import { readableName } from "../inputs/readable-name";
import { kubernetesName } from "../inputs/text";
import type { KubernetesObjectPlan } from "../plan/kubernetes-object";
import type { InputValue } from "../plan/input-value";
import type { KnownPeer, MeshMembership, PeerSettings, RemoteSecretPlan, VpcPlan } from "../plan/multi-cluster";
import { checkPeer } from "./peer-check";
import { rootFingerprints } from "./peer-kubeconfig";

/** The service account of the chart `base` with which peers read a cluster; the chart `istiod` binds its role. */
export const readerServiceAccount = "istio-reader-service-account";

/** Where an object lives and what it comes after. */
export interface Place {
  readonly namespace: string;
  readonly after: readonly string[];
}

/**
 * Plans the Secret into which Kubernetes writes a token of the reader. Pulumi waits for the token.
 * Source: https://kubernetes.io/docs/concepts/configuration/secret/#serviceaccount-token-secrets
 */
export function planReaderToken(name: string, generation: number, { namespace, after }: Place): KubernetesObjectPlan {
  return {
    name,
    after,
    apiVersion: "v1",
    kind: "Secret",
    metadata: {
      name: `${readerServiceAccount}-istio-remote-secret-token-${generation}`,
      namespace,
      annotations: { "kubernetes.io/service-account.name": readerServiceAccount },
    },
    body: { type: "kubernetes.io/service-account-token" },
  };
}

/** The cluster that reads a peer, and where its Secret goes. */
export interface RemoteSecretContext extends Place {
  /** Logical name of the Secret. */
  readonly name: string;
  readonly membership: MeshMembership;
  readonly root: InputValue;
  readonly vpc: VpcPlan | undefined;
  /** Namespace of its own gateway, in ambient mode. */
  readonly gatewayNamespace: string | undefined;
}

/** Plans the Secret by which istiod knows a peer. Source: istio/istio istioctl/pkg/multicluster/remote_secret.go */
export function planRemoteSecret(peer: PeerSettings, context: RemoteSecretContext): RemoteSecretPlan {
  const { name, namespace, after, membership, root, vpc, gatewayNamespace } = context;
  const contentOf = ({ kubeconfig, root: known, vpc: knownVpc }: KnownPeer) => {
    // A plan of a stack file has this in place of encrypted texts.
    if (kubeconfig === hidden) return kubeconfig;
    const reader = { membership, roots: rootFingerprints(known), vpc: knownVpc, gatewayNamespace };
    const problems = checkPeer({ name: peer.name, path: pathText(["peers", peer.name]) }, kubeconfig, reader);
    if (problems.length > 0) throw new Error(`istio-eks: ${problemsIn("multiCluster", problems)}`);
    return kubeconfig;
  };
  return {
    ...{ name, after, namespace, root, vpc, contentOf },
    peer: peer.name,
    secretName: `istio-remote-secret-${nameInKubernetes(peer.name)}`,
    kubeconfig: peer.kubeconfig,
  };
}

/** Names of EKS clusters may have capital letters and underscores. */
export function nameInKubernetes(name: string): string {
  return kubernetesName.check(name) === undefined ? name : readableName(name, 63);
}
