import type * as pulumi from "@pulumi/pulumi";
import * as clusters from "./mesh/multi-cluster-plan";
import { eastWestName } from "./multi-cluster/east-west-plan";
import type { ClusterFacts } from "./plan/facts";
import type { MeshSettings } from "./plan/settings";
import { hostnamesOf } from "./resources/addresses";
import type { Made } from "./resources/made";
import { keepAccess } from "./resources/mesh-accesses";
import { makeObjects } from "./resources/objects";
import { makeRemoteSecrets, peerAccessOf } from "./resources/remote-secrets";
import { makeRules, makeSecurityGroups } from "./resources/security-groups";

/** Creates the load balancer by which other clusters connect, and the rules between clusters of one network. */
export function makeEastWest(made: Made, settings: MeshSettings, cluster: ClusterFacts) {
  const groups = makeSecurityGroups(made, clusters.planEastWestGroups(settings, cluster));
  makeRules(made, clusters.planMultiClusterRules(settings, cluster, groups[eastWestName]));
  makeObjects(made, clusters.planEastWestService(settings, cluster, groups[eastWestName]));
  return { groups, hostnames: hostnamesOf(made, clusters.eastWestAddress(settings)) };
}

/** The cluster, and the provider of what is in it. */
export interface PeersContext {
  readonly cluster: ClusterFacts;
  readonly kubernetes: pulumi.ProviderResource;
}

/** Creates the Secrets about the peers, and the kubeconfig for them. */
export function makePeers(made: Made, settings: MeshSettings, { cluster, kubernetes }: PeersContext) {
  makeRemoteSecrets(made, clusters.planRemoteSecrets(settings));
  const peerAccess = peerAccessOf(made, clusters.planPeerAccess(settings, cluster));
  keepAccess(made.parent, { settings, kubernetes, peerAccess });
  return peerAccess;
}
