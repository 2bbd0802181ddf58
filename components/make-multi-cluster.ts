import type * as pulumi from "@pulumi/pulumi";
import * as clusters from "./multi-cluster/multi-cluster-plan";
import { eastWestName } from "./multi-cluster/east-west-plan";
import type { ClusterFacts } from "./plan/facts";
import type { InputValue } from "./plan/input-value";
import type { MeshSettings } from "./plan/settings";
import { hostnamesOf } from "./resources/addresses";
import type { ResourceRegistry } from "./resources/resource-registry";
import { keepAccess } from "./resources/mesh-accesses";
import { makeObjects } from "./resources/objects";
import { makeRemoteGateways } from "./resources/remote-gateways";
import { makeRemoteSecrets, peerAccessOf } from "./resources/remote-secrets";
import { makeRules, makeSecurityGroups } from "./resources/security-groups";

/** Creates the load balancer by which other clusters connect, and the rules between clusters of one network. */
export function makeEastWest(registry: ResourceRegistry, settings: MeshSettings, cluster: ClusterFacts) {
  const groups = makeSecurityGroups(registry, clusters.planEastWestGroups(settings, cluster));
  makeRules(registry, clusters.planMultiClusterRules(settings, cluster, groups[eastWestName]));
  makeObjects(registry, clusters.planEastWestService(settings, cluster, groups[eastWestName]));
  return { groups, hostnames: hostnamesOf(registry, clusters.eastWestAddress(settings)) };
}

/** The cluster, and the provider of what is in it. */
export interface PeersContext {
  readonly cluster: ClusterFacts;
  readonly kubernetes: pulumi.ProviderResource;
  /** Hostname of the east-west load balancer; undefined: there is none. */
  readonly address: InputValue | undefined;
}

/** Creates the Secrets about the peers, and the kubeconfig for them. */
export function makePeers(registry: ResourceRegistry, settings: MeshSettings, context: PeersContext) {
  const { cluster, kubernetes, address } = context;
  makeRemoteGateways(registry, clusters.planRemoteGateways(settings));
  makeRemoteSecrets(registry, clusters.planRemoteSecrets(settings, cluster));
  const peerAccess = peerAccessOf(registry, clusters.planPeerAccess(settings, cluster, address));
  keepAccess(registry.parent, { settings, kubernetes, peerAccess, vpc: clusters.planVpc(settings, cluster) });
  return peerAccess;
}
