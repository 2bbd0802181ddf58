import { pathText } from "../inputs/path";
import { problem, problemIf } from "../inputs/problem";
import { checkMembership } from "./peer-check";
import { rootFingerprints } from "./peer-kubeconfig";
import { ambientGateways } from "./multi-cluster-plan";
import { planRemoteGateway } from "./remote-gateway-plan";
import { planRemoteSecret } from "./remote-secret-plan";
import type { InputValue } from "../plan/input-value";
import type {
  MultiClusterSettings,
  PeerSettings,
  RemoteGatewayPlan,
  RemoteSecretPlan,
  VpcPlan,
} from "../plan/multi-cluster";
import type { Problem } from "../plan/problem";
import type { MeshSettings } from "../plan/settings";

/** A mesh of the same program. */
export interface PeeredMesh {
  readonly name: string;
  /** None: it is no mesh of this program. */
  readonly settings: MeshSettings | undefined;
  readonly vpc?: VpcPlan | undefined;
}

/** Finds why meshes cannot know each other. */
export function checkPeering(meshes: readonly PeeredMesh[]): readonly Problem[] {
  const unknown = meshes.flatMap(checkMesh);
  if (unknown.length > 0) return unknown;
  return [
    ...problemIf(meshes.length < 2, "meshes", {
      given: meshes.map(({ name }) => name),
      allowed: "two or more meshes",
      suggestion: "add the other meshes, or remove the MeshPeering",
    }),
    ...pairsOf(meshes).flatMap(([reader, peer]) => checkPair(reader, peer)),
  ];
}

const pathOf = ({ name }: PeeredMesh) => pathText(["meshes", name]);

function checkMesh(mesh: PeeredMesh): readonly Problem[] {
  const { settings } = mesh;
  if (settings === undefined) {
    return [
      problem(pathOf(mesh), {
        given: "something else",
        allowed: "an IstioMesh that this program creates with the same copy of the package",
        suggestion:
          "pass the mesh itself; for a mesh of another stack write its output peerAccess in multiCluster.peers",
      }),
    ];
  }
  return problemIf(settings.multiCluster === undefined, pathOf(mesh), {
    given: "a mesh without multiCluster",
    allowed: "meshes with multiCluster",
    suggestion: "add multiCluster, with the same meshId in each mesh",
  });
}

interface MultiClusterMesh extends PeeredMesh {
  readonly multiCluster: MultiClusterSettings;
  readonly namespace: string;
  /** Namespace of its gateway, in ambient mode. */
  readonly gatewayNamespace: string | undefined;
}

function pairsOf(meshes: readonly PeeredMesh[]): readonly (readonly [MultiClusterMesh, MultiClusterMesh])[] {
  const all = meshes.flatMap((mesh) => {
    const { settings } = mesh;
    if (settings?.multiCluster === undefined) return [];
    const { multiCluster, controlPlane } = settings;
    const gatewayNamespace = ambientGateways(settings)[0]?.namespace;
    return [{ ...mesh, multiCluster, namespace: controlPlane.namespace, gatewayNamespace }];
  });
  return all.flatMap((reader) => all.filter((peer) => peer !== reader).map((peer) => [reader, peer] as const));
}

function checkPair(reader: MultiClusterMesh, peer: MultiClusterMesh): readonly Problem[] {
  const { clusterName } = peer.multiCluster.membership;
  const path = pathOf(peer);
  const known = reader.multiCluster.peers.some(({ name }) => name === clusterName);
  return [
    ...problemIf(reader.multiCluster.membership.clusterName === clusterName, path, {
      given: `clusterName ${clusterName}`,
      allowed: `another name than that of "${reader.name}"`,
      suggestion: "write another multiCluster.clusterName in one of the two",
    }),
    ...problemIf(known, path, {
      given: `clusterName ${clusterName}`,
      allowed: `clusters that are not in multiCluster.peers of "${reader.name}"`,
      suggestion: "remove it from multiCluster.peers there",
    }),
    ...checkMembership({ name: clusterName, path, ...factsOf(peer) }, factsOf(reader)),
  ];
}

function factsOf({ multiCluster, gatewayNamespace }: MultiClusterMesh) {
  const { membership, root } = multiCluster;
  const gateway = gatewayNamespace === undefined ? {} : { gateway: { address: "", namespace: gatewayNamespace } };
  return { membership, roots: typeof root === "string" ? rootFingerprints(root) : [], gatewayNamespace, ...gateway };
}

/** One Secret: in the cluster of the reader, about its peer; and in ambient mode the gateway of the peer. */
export interface PeeringSecret {
  readonly reader: string;
  readonly plan: RemoteSecretPlan;
  readonly gateway: RemoteGatewayPlan | undefined;
}

/** Plans the Secrets of both directions. */
export function planPeering(
  meshes: readonly PeeredMesh[],
  kubeconfigs: Readonly<Record<string, InputValue>>,
): readonly PeeringSecret[] {
  return pairsOf(meshes).flatMap(([reader, peer]) => {
    const kubeconfig = kubeconfigs[peer.name];
    if (kubeconfig === undefined) return [];
    const { membership, root } = reader.multiCluster;
    const { namespace, vpc, gatewayNamespace } = reader;
    const cluster = { name: peer.multiCluster.membership.clusterName, kubeconfig };
    const place = { name: `remote-secret-${reader.name}/${peer.name}`, namespace, after: [] };
    return [
      {
        ...{ reader: reader.name, gateway: gatewayOf(reader, peer, cluster) },
        plan: planRemoteSecret(cluster, { ...place, membership, root, vpc, gatewayNamespace }),
      },
    ];
  });
}

function gatewayOf(
  { name, gatewayNamespace: namespace }: MultiClusterMesh,
  { name: peer }: MultiClusterMesh,
  cluster: PeerSettings,
): RemoteGatewayPlan | undefined {
  if (namespace === undefined) return undefined;
  return planRemoteGateway(cluster, { name: `remote-gateway-${name}/${peer}`, namespace, after: [] });
}
