import { pathText, valueAt } from "../inputs/path";
import { problemWith } from "../inputs/problem";
import type { MultiClusterArgs } from "./multi-cluster-args";
import { checkPeer } from "./peer-check";
import { currentAccess, readKubeconfig, rootFingerprints } from "./peer-kubeconfig";
import type { InputValue } from "../plan/input-value";
import type { MeshMembership } from "../plan/multi-cluster";
import type { Problem } from "../plan/problem";

/** The cluster that reads the peers. */
export interface OwnRoot {
  readonly membership: MeshMembership;
  readonly root: InputValue;
  /** Namespace of its own gateway, in ambient mode. */
  readonly gatewayNamespace: string | undefined;
}

type Peers = NonNullable<MultiClusterArgs["peers"]>;

interface KnownPeer {
  readonly name: string;
  readonly path: string;
  readonly text: string;
}

/** Kubeconfigs that become known later are checked when they are. */
export function checkPeers(peers: Peers, { membership, root, gatewayNamespace }: OwnRoot): readonly Problem[] {
  const reader = { membership, gatewayNamespace, roots: typeof root === "string" ? rootFingerprints(root) : [] };
  const known = Object.entries(peers).flatMap(([name, { kubeconfig }]) =>
    typeof kubeconfig === "string" ? [{ name, path: pathText(["multiCluster", "peers", name]), text: kubeconfig }] : [],
  );
  return [...known.flatMap((peer) => checkPeer(peer, peer.text, reader)), ...checkServers(known)];
}

/** Of a cluster that it knows by two names, istiod has every endpoint twice. */
function checkServers(peers: readonly KnownPeer[]): readonly Problem[] {
  const servers = peers.map(({ text }) => serverOf(text));
  return peers.flatMap(({ path, name }, place) => {
    const server = servers[place];
    const first = server === undefined ? undefined : peers[servers.indexOf(server)];
    return problemWith(first?.name === name ? undefined : first, path, (other) => ({
      given: `the API server of "${other.name}"`,
      allowed: "each cluster once, by its clusterName",
      suggestion: `remove one of the two, or write the peerAccess of "${name}"`,
    }));
  });
}

function serverOf(text: string): unknown {
  return valueAt(currentAccess(readKubeconfig(text)).cluster, ["server"]);
}
