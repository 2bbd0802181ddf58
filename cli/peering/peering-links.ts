import { invariant } from "../../components/inputs/invariant";
import type { MeshMembership } from "../../components/plan/multi-cluster";
import { eastWestName } from "../../components/multi-cluster/east-west-plan";
import { memberAt, textOf } from "../members";
import type { Node } from "../plan/graph";
import { peerOf } from "../traffic/clients";
import { type IngressPath, trafficPathOf } from "../traffic/traffic-path";
import { type PeeredCluster, type PeeringPlan, peeringName } from "./peering-plan";

/** How the clusters of a mesh reach each other. */
export interface PeeringLinks {
  readonly meshId: string;
  readonly clusters: readonly LinkedCluster[];
  readonly links: readonly Link[];
}

export interface LinkedCluster {
  readonly name: string;
  readonly membership: MeshMembership;
  /** The way of requests from other networks; none: they do not reach it. */
  readonly eastWest: IngressPath | undefined;
  /** Who reaches its pods directly, by the rules of its nodes. */
  readonly direct: readonly string[];
}

/** One cluster reads another one. */
export interface Link {
  /** Names of their stacks. */
  readonly reader: string;
  readonly peer: string;
  /** Whether requests pass the east-west load balancer of the peer. */
  readonly byGateway: boolean;
  /** The objects in the cluster of the reader: the Secret, and in ambient mode the Gateway of the peer. */
  readonly objects: readonly string[];
}

/** Reads from the plans of all clusters who reads whom, and by which way requests go. */
export function linksOf({ clusters, peering }: PeeringPlan): PeeringLinks {
  const linked = clusters.map(linkedCluster);
  return {
    meshId: invariant(linked[0], "a cluster").membership.meshId,
    clusters: linked,
    links: clusters.flatMap((cluster) => {
      const own = `${peeringName}-remote-secret-${cluster.name}/`;
      const objects = [...cluster.plan.resources, ...peering.filter(({ name }) => isOf(name, own))];
      return linked.flatMap((peer) => linkOf(cluster.name, peer, { linked, objects }));
    }),
  };
}

/** The Gateway of a peer has a name of the same form. */
function isOf(name: string, secretPrefix: string): boolean {
  return name.replace("-remote-gateway-", "-remote-secret-").startsWith(secretPrefix);
}

function linkedCluster({ name, settings, plan }: PeeredCluster): LinkedCluster {
  const membership = invariant(settings.multiCluster, `multiCluster of ${name}`).membership;
  const rules = plan.resources.filter(({ name: rule }) => rule.startsWith(`${plan.mesh}-flat-network-rule-`));
  return {
    ...{ name, membership },
    eastWest: trafficPathOf(plan).ingresses.find((ingress) => ingress.name === eastWestName),
    direct: [...new Set(rules.map(({ inputs }) => peerOf(inputs)))],
  };
}

interface LinkContext {
  readonly linked: readonly LinkedCluster[];
  /** What is created in the cluster of the reader. */
  readonly objects: readonly Node[];
}

function linkOf(reader: string, peer: LinkedCluster, { linked, objects }: LinkContext): readonly Link[] {
  const { clusterName, network } = peer.membership;
  const secret = objects.find((node) => readCluster(node) === clusterName);
  if (secret === undefined) return [];
  const gateway = objects.find(({ name }) => name === secret.name.replace("-remote-secret-", "-remote-gateway-"));
  const own = linked.find(({ name }) => name === reader)?.membership.network;
  return [
    {
      ...{ reader, peer: peer.name, byGateway: network !== own },
      objects: [secret, ...(gateway === undefined ? [] : [gateway])].map(objectText),
    },
  ];
}

/** The cluster that a Secret of istiod is about. */
function readCluster({ type, inputs }: Node): string | undefined {
  const isRemote = memberAt(inputs, "metadata", "labels", "istio/multiCluster") === "true";
  if (type !== "kubernetes:core/v1:Secret" || !isRemote) return undefined;
  return textOf(memberAt(inputs, "metadata", "annotations", "networking.istio.io/cluster"));
}

/** `Secret istio-system/istio-remote-secret-west`. */
function objectText({ type, inputs }: Node): string {
  const { namespace, name } = {
    namespace: memberAt(inputs, "metadata", "namespace"),
    name: memberAt(inputs, "metadata", "name"),
  };
  return `${type.slice(type.lastIndexOf(":") + 1)} ${textOf(namespace)}/${textOf(name)}`;
}
