import { rangesOverlap } from "../inputs/network/cidr";
import { problemIf, problem } from "../inputs/problem";
import { valueAt } from "../inputs/path";
import type { KnownVpc, MeshMembership } from "../plan/multi-cluster";
import { Mode } from "../plan/enums";
import type { Problem } from "../plan/problem";
import { checkAccess, withoutGateway } from "./peer-access-check";
import { currentAccess, peerFactsOf, type PeerFacts, readKubeconfig } from "./peer-kubeconfig";

/** A cluster that reads its peers. */
export interface Reader {
  readonly membership: MeshMembership;
  /** SHA-256 of its root certificates; empty: not known. */
  readonly roots: readonly string[];
  /** Where its pods have their addresses; undefined: not known. */
  readonly vpc?: KnownVpc | undefined;
  /** Namespace of its own gateway, in ambient mode. */
  readonly gatewayNamespace?: string | undefined;
}

/** Members of a kubeconfig's user that istiod refuses. Source: istio/istio pkg/kube/util.go, sanitizeKubeConfig */
const refused = ["exec", "auth-provider", "client-key", "client-certificate", "tokenFile"];

/** Checks the kubeconfig of a peer: whether istiod accepts it, and whether both clusters can be one mesh. */
export function checkPeer(peer: { readonly name: string; readonly path: string }, text: string, reader: Reader) {
  const path = `${peer.path}.kubeconfig`;
  const kubeconfig = readKubeconfig(text);
  const { user, cluster } = currentAccess(kubeconfig);
  if (user === undefined || cluster === undefined) {
    return [
      problem(path, {
        given: text,
        allowed:
          "a kubeconfig in YAML or JSON with a current context, such as the output peerAccess of the peer's mesh",
        suggestion: "write the output peerAccess of the peer's mesh",
      }),
    ];
  }
  const unusable = refused.filter((member) => valueAt(user, [member]) !== undefined);
  const found = peerFactsOf(kubeconfig);
  return [
    ...problemIf(unusable.length > 0, path, {
      given: text,
      allowed: `a token and nothing else: istiod accepts no ${unusable.join(", ")}`,
      suggestion: "write the output peerAccess of the peer's mesh, which has a token",
    }),
    // The output peerAccess has what EKS and Kubernetes gave out.
    ...(found === undefined && unusable.length === 0 ? checkAccess({ user, cluster }, path) : []),
    ...(found === undefined ? [] : checkMembership({ ...peer, ...found }, reader)),
    ...(reader.gatewayNamespace !== undefined && isWithoutGateway(found) ? [withoutGateway(path)] : []),
  ];
}

/** A cluster with sidecars is reported as such. */
function isWithoutGateway(found: PeerFacts | undefined): boolean {
  return found === undefined || (found.membership.mode === Mode.Ambient && found.gateway === undefined);
}

/** A peer and where it is written. */
export interface NamedPeer extends PeerFacts {
  readonly name: string;
  readonly path: string;
}

/** Checks whether a cluster can be in one mesh with another one. */
export function checkMembership(peer: NamedPeer, reader: Reader): readonly Problem[] {
  const { membership: own, roots } = reader;
  const { name, path, membership: theirs } = peer;
  const clusters = `"${own.clusterName}" and "${theirs.clusterName}"`;
  return [
    ...problemIf(theirs.clusterName !== name, path, {
      given: name,
      allowed: `the peer's clusterName, which is "${theirs.clusterName}"`,
      suggestion: `rename the peer to "${theirs.clusterName}", or write the peerAccess of "${name}"`,
    }),
    ...problemIf(theirs.meshId !== own.meshId, path, {
      given: `meshId ${theirs.meshId}`,
      allowed: `"${own.meshId}", the meshId of this cluster: one mesh has one`,
      suggestion: "write the same multiCluster.meshId in both",
    }),
    ...checkTrustDomain(peer, own),
    ...problemIf(isForeign(peer.roots, roots), path, {
      given: "another root certificate",
      allowed: `a root certificate that ${clusters} have in common: otherwise mTLS between them fails`,
      suggestion: "issue the certificates of both security.certificateAuthority below the same root",
    }),
    ...checkModes(peer, own),
    ...checkNetworks(peer, own),
    ...checkRanges(peer, reader),
    ...checkGatewayNamespace(peer, reader),
  ];
}

/** Source: istio/ztunnel src/config.rs, which has no such aliases */
function checkTrustDomain({ path, membership: { trustDomain } }: NamedPeer, own: MeshMembership): readonly Problem[] {
  const ambient = own.mode === Mode.Ambient;
  const trusted = [own.trustDomain, ...(ambient ? [] : own.trustDomainAliases)];
  return problemIf(!trusted.includes(trustDomain), path, {
    given: `trust domain ${trustDomain}`,
    allowed: `"${own.trustDomain}", the trust domain of this cluster${ambient ? ": ztunnel knows no trustDomainAliases" : ", or one of its trustDomainAliases"}`,
    suggestion: `write the same security.trustDomain in both${ambient ? "" : ", or add the other to istio.meshConfig.trustDomainAliases"}`,
  });
}

function isForeign(theirs: readonly string[], own: readonly string[]): boolean {
  return theirs.length > 0 && own.length > 0 && !theirs.some((root) => own.includes(root));
}

/** Source: https://github.com/istio/istio/issues/57878, https://github.com/istio/istio/issues/60609 */
function checkModes({ path, membership: theirs }: NamedPeer, own: MeshMembership): readonly Problem[] {
  return problemIf(theirs.mode !== own.mode, path, {
    given: `mode ${theirs.mode}`,
    allowed:
      `"${own.mode}", the mode of this cluster: between networks sidecars connect with mTLS to port 15443 and ztunnel with HBONE to ` +
      "port 15008, and neither understands the gateway of the other",
    suggestion: "write the same mode in both, or keep a mesh for each and publish Services by an ingress",
  });
}

/** istiod reads the peer's gateway from a namespace of its own cluster, and expects that namespace in the gateway's certificate. */
function checkGatewayNamespace({ path, gateway }: NamedPeer, { gatewayNamespace: own }: Reader): readonly Problem[] {
  return problemIf(gateway !== undefined && own !== undefined && gateway.namespace !== own, path, {
    given: `an east-west gateway in the namespace ${String(gateway?.namespace)}`,
    allowed: `"${String(own)}", the namespace of the east-west gateway of this cluster: with mode ambient it is part of its identity`,
    suggestion: "write the same multiCluster.eastWest.gateway.namespace in both",
  });
}

function checkNetworks({ path, membership: theirs }: NamedPeer, own: MeshMembership): readonly Problem[] {
  if (theirs.network === own.network) return checkSharedNetwork(path, own);
  const missing = [own, theirs].filter(({ hasGateway }) => !hasGateway).map(({ clusterName }) => clusterName);
  return problemIf(missing.length > 0, path, {
    given: `network ${theirs.network}`,
    allowed: `"${own.network}", the network of this cluster, unless both clusters have an east-west gateway`,
    suggestion: `add multiCluster.eastWest to ${missing.join(" and ")}, or write the same multiCluster.network in both`,
  });
}

function checkSharedNetwork(path: string, { network, mode }: MeshMembership): readonly Problem[] {
  return problemIf(mode === Mode.Ambient, path, {
    given: `network ${network}`,
    allowed:
      "another network than that of this cluster: Istio supports several ambient clusters on different networks only",
    suggestion: "remove multiCluster.network from both: each cluster then has a network of its own",
  });
}

/** Pods of one network reach each other by their addresses, which then are different ones. */
function checkRanges({ path, membership: theirs, vpc }: NamedPeer, { membership: own, vpc: ownVpc }: Reader) {
  if (theirs.network !== own.network || vpc === undefined || ownVpc === undefined || vpc.id === ownVpc.id) return [];
  const shared = vpc.ranges.flatMap((range) =>
    ownVpc.ranges
      .filter((other) => rangesOverlap(range, other))
      .map((other) => (range === other ? range : `${range} and ${other}`)),
  );
  return problemIf(shared.length > 0, path, {
    given: `ranges that overlap: ${shared.join(", ")}`,
    allowed:
      "one VPC, or VPCs without a range in common, for clusters of one network: pods reach each other by address",
    suggestion: "write another multiCluster.network in one of the two, and multiCluster.eastWest in both",
  });
}
