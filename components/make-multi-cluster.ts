import type * as pulumi from "@pulumi/pulumi";
import * as clusters from "./mesh/multi-cluster-plan";
import { eastWestName } from "./multi-cluster/east-west-plan";
import type { ClusterFacts } from "./plan/facts";
import type { MeshSettings } from "./plan/settings";
import { hostnamesOf } from "./resources/addresses";
import type { ResourceRegistry } from "./resources/resource-registry";
import { keepAccess } from "./resources/mesh-accesses";
import { makeObjects } from "./resources/objects";
import { makeRemoteSecrets, peerAccessOf } from "./resources/remote-secrets";
import { makeRules, makeSecurityGroups } from "./resources/security-groups";

/** Creates the load balancer by which other clusters connect, and the rules between clusters of one network. */
export function makeEastWest(created: ResourceRegistry, settings: MeshSettings, cluster: ClusterFacts) {
  const groups = makeSecurityGroups(created, clusters.planEastWestGroups(settings, cluster));
  makeRules(created, clusters.planMultiClusterRules(settings, cluster, groups[eastWestName]));
  makeObjects(created, clusters.planEastWestService(settings, cluster, groups[eastWestName]));
  return { groups, hostnames: hostnamesOf(created, clusters.eastWestAddress(settings)) };
}

/** The cluster, and the provider of what is in it. */
export interface PeersContext {
  readonly cluster: ClusterFacts;
  readonly kubernetes: pulumi.ProviderResource;
}

/** Creates the Secrets about the peers, and the kubeconfig for them. */
export function makePeers(created: ResourceRegistry, settings: MeshSettings, { cluster, kubernetes }: PeersContext) {
  makeRemoteSecrets(created, clusters.planRemoteSecrets(settings));
  const peerAccess = peerAccessOf(created, clusters.planPeerAccess(settings, cluster));
  keepAccess(created.parent, { settings, kubernetes, peerAccess });
  return peerAccess;
}
