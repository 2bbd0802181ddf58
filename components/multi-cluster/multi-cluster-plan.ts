import { planGatewayRelease } from "../control-plane/charts/gateway";
import { planNlbService } from "../ingress/strategies";
import { invariant } from "../inputs/invariant";
import { logicalNames } from "../logical-names";
import { planAmbientGateway } from "./ambient-gateway-plan";
import {
  eastWestName,
  eastWestPorts,
  eastWestStatusPort,
  networkLabel,
  planCrossNetworkGateway,
} from "./east-west-plan";
import { kubeconfigText } from "./peer-kubeconfig";
import { planRemoteGateway } from "./remote-gateway-plan";
import { planReaderToken, planRemoteSecret } from "./remote-secret-plan";
import type { ClusterFacts } from "../plan/facts";
import type { KubernetesObjectPlan } from "../plan/kubernetes-object";
import type { InputValue } from "../plan/input-value";
import type {
  PeerGatewayPlan,
  EastWestSettings,
  MultiClusterSettings,
  PeerAccessPlan,
  RemoteGatewayPlan,
  RemoteSecretPlan,
  VpcPlan,
} from "../plan/multi-cluster";
import { IpFamily, Mode } from "../plan/enums";
import type { ReleasePlan } from "../plan/release";
import type { SecurityGroupPlan, SecurityGroupRulePlan } from "../plan/security-group";
import type { GatewaySettings } from "../plan/gateway-settings";
import type { MeshSettings } from "../plan/settings";
import { planFlatNetworkRules } from "./flat-network-plan";
import { planClientRules, planSecurityGroup, planTargetRules } from "../ingress/clients/security-group-plan";
import { afterControlPlane, afterCrds } from "../control-plane/control-plane-plan";
import { afterNamespace } from "../control-plane/namespaces/namespaces-plan";

function eastWestOf({ multiCluster }: MeshSettings): readonly EastWestSettings[] {
  return multiCluster?.eastWest === undefined ? [] : [multiCluster.eastWest];
}

/** The gateway pods of the network, if other networks reach it. */
export function eastWestGateway(multiCluster: MultiClusterSettings | undefined): readonly GatewaySettings[] {
  return multiCluster?.eastWest === undefined ? [] : [multiCluster.eastWest.gateway];
}

/** Plans the security group of the east-west load balancer. */
export function planEastWestGroups(settings: MeshSettings, facts: ClusterFacts): readonly SecurityGroupPlan[] {
  return eastWestOf(settings).map(({ loadBalancer }) => planSecurityGroup(loadBalancer, facts, settings.tags));
}

/** The east-west load balancer's group, once it is there; undefined: there is none. */
export type EastWestGroup = InputValue | undefined;

/** Plans who may come in, the way to the gateway's pods, and the ways between pods of one network. */
export function planMultiClusterRules(
  settings: MeshSettings,
  facts: ClusterFacts,
  securityGroupId: EastWestGroup,
): readonly SecurityGroupRulePlan[] {
  return [...planEastWestRules(settings, facts, securityGroupId), ...planFlatNetwork(settings, facts)];
}

function planFlatNetwork({ multiCluster, tags }: MeshSettings, facts: ClusterFacts): readonly SecurityGroupRulePlan[] {
  if (multiCluster === undefined || multiCluster.flatNetwork.length === 0) return [];
  return planFlatNetworkRules(multiCluster.flatNetwork, facts, tags);
}

function planEastWestRules(settings: MeshSettings, facts: ClusterFacts, securityGroupId: EastWestGroup) {
  if (securityGroupId === undefined) return [];
  return eastWestOf(settings).flatMap(({ loadBalancer }) => {
    const context = { ingress: loadBalancer, securityGroupId, facts, tags: settings.tags };
    return [
      ...planClientRules(context, [eastWestPorts[settings.mode]]),
      ...planTargetRules(context, [eastWestPorts[settings.mode], eastWestStatusPort]),
    ];
  });
}

/**
 * Plans the Service with the NLB. In sidecar mode istiod finds the gateway of its network by the label of this Service, and resolves
 * the hostname of the NLB itself.
 */
export function planEastWestService(
  settings: MeshSettings,
  facts: ClusterFacts,
  securityGroupId: EastWestGroup,
): readonly KubernetesObjectPlan[] {
  if (securityGroupId === undefined) return [];
  return eastWestOf(settings).flatMap(({ gateway, loadBalancer }) => {
    const rules = planEastWestRules(settings, facts, securityGroupId).map(({ name }) => name);
    const context = {
      ...{ ingress: loadBalancer, gateway, sharedPorts: [] },
      ...{ controller: settings.controller, tags: settings.tags },
      after: [...afterNamespace(settings, gateway.namespace), ...rules],
    };
    const { name, port } = eastWestPorts[settings.mode];
    const network = invariant(gateway.network, "the network of the east-west gateway");
    const service = planNlbService(
      context,
      { clusterName: facts.name, securityGroupId, certificateArn: undefined, webAclArn: undefined },
      {
        nlb: loadBalancer.strategy,
        ports: [{ name, port, targetPort: port, protocol: "TCP" }],
        labels: settings.mode === Mode.Sidecar ? { [networkLabel]: network } : {},
      },
    );
    return [service];
  });
}

/** Logical name of the object in whose status the NLB's hostname appears. */
export function eastWestAddress(settings: MeshSettings): Readonly<Record<string, string>> {
  return Object.fromEntries(eastWestOf(settings).map(() => [eastWestName, logicalNames.service(eastWestName)]));
}

/** Plans the pods of the east-west gateway, unless istiod creates them. */
export function planEastWestReleases(settings: MeshSettings): readonly ReleasePlan[] {
  const byChart = eastWestOf(settings).filter(({ gateway }) => gateway.createdBy === "chart");
  return byChart.map(({ gateway }) =>
    planGatewayRelease(settings.controlPlane, gateway, [
      ...afterNamespace(settings, gateway.namespace),
      ...afterControlPlane(settings),
    ]),
  );
}

/** Plans what the east-west gateway serves, and the tokens with which peers read this cluster. */
export function planMultiClusterObjects(settings: MeshSettings): readonly KubernetesObjectPlan[] {
  const { multiCluster, controlPlane } = settings;
  if (multiCluster === undefined) return [];
  const place = { namespace: controlPlane.namespace, after: [logicalNames.base, ...afterControlPlane(settings)] };
  return [
    ...eastWestOf(settings).flatMap(({ gateway }) => planGatewayObjects(settings, gateway)),
    ...generationsOf(multiCluster).map((generation) =>
      planReaderToken(logicalNames.readerToken(generation), generation, place),
    ),
  ];
}

function planGatewayObjects(settings: MeshSettings, gateway: GatewaySettings): readonly KubernetesObjectPlan[] {
  const pods = [logicalNames.gateway(gateway.name)];
  if (gateway.createdBy === "chart") return [planCrossNetworkGateway(gateway, pods)];
  const after = [
    ...afterNamespace(settings, gateway.namespace),
    ...afterCrds(settings),
    ...afterControlPlane(settings),
  ];
  return planAmbientGateway(gateway, { revision: settings.controlPlane.main.revision, after });
}

/** The newest token, and the one before it, which peers have until their next `up`. */
function generationsOf({ tokenGeneration }: MultiClusterSettings): readonly number[] {
  return [tokenGeneration - 1, tokenGeneration].filter((generation) => generation >= 1);
}

/** Plans the kubeconfig of this cluster for its peers. `address` is the hostname of the east-west load balancer, if there is one. */
export function planPeerAccess(
  settings: MeshSettings,
  facts: ClusterFacts,
  address: InputValue | undefined,
): PeerAccessPlan | undefined {
  const { multiCluster } = settings;
  if (multiCluster === undefined) return undefined;
  const { membership, root, tokenGeneration } = multiCluster;
  const { apiServer } = facts;
  return {
    vpc: planVpc(settings, facts),
    token: logicalNames.readerToken(tokenGeneration),
    ...{ apiServer: apiServer(), root },
    gateway: ambientGatewayOf(settings, address),
    kubeconfigOf: (known) => kubeconfigText(membership, known),
  };
}

function ambientGatewayOf(settings: MeshSettings, address: InputValue | undefined): PeerGatewayPlan | undefined {
  const [gateway] = ambientGateways(settings);
  return gateway === undefined || address === undefined ? undefined : { address, namespace: gateway.namespace };
}

/** Plans to know the VPC where other clusters may be on the same network, and pods have IPv4 addresses of it. */
export function planVpc({ multiCluster, cluster }: MeshSettings, facts: ClusterFacts): VpcPlan | undefined {
  if (multiCluster === undefined || cluster.ipFamily === IpFamily.Ipv6) return undefined;
  const { network, clusterName } = multiCluster.membership;
  if (network === clusterName) return undefined;
  return { id: facts.vpcId(), cidr: facts.vpcCidr(), secondaryCidrs: facts.vpcSecondaryCidrs() };
}

/** What objects about peers come after: the gateway of this cluster too, so that on destroy they go before it. */
function afterGateway(settings: MeshSettings, namespace: string): readonly string[] {
  const gateways = eastWestOf(settings).map(({ gateway: { name, createdBy } }) =>
    createdBy === "chart" ? logicalNames.istioGateway(name) : logicalNames.gateway(name),
  );
  return [...afterNamespace(settings, namespace), ...afterControlPlane(settings), ...gateways];
}

/** Plans the gateways of the peers, in ambient mode. */
export function planRemoteGateways(settings: MeshSettings): readonly RemoteGatewayPlan[] {
  const { multiCluster } = settings;
  if (multiCluster === undefined) return [];
  return ambientGateways(settings).flatMap(({ namespace }) =>
    multiCluster.peers.map((peer) => {
      const name = logicalNames.remoteGateway(peer.name);
      return planRemoteGateway(peer, { name, namespace, after: afterGateway(settings, namespace) });
    }),
  );
}

/** The east-west gateway of this cluster, if it is one of ambient mode. */
export function ambientGateways({ mode, multiCluster }: Pick<MeshSettings, "mode" | "multiCluster">) {
  return mode === Mode.Ambient ? eastWestGateway(multiCluster) : [];
}

/** Plans the Secrets by which istiod knows the peers: after their gateways, so that on destroy they go before them. */
export function planRemoteSecrets(settings: MeshSettings, facts: ClusterFacts): readonly RemoteSecretPlan[] {
  const { multiCluster, controlPlane } = settings;
  if (multiCluster === undefined) return [];
  const { membership, root, peers } = multiCluster;
  const { namespace } = controlPlane;
  const [gateway] = ambientGateways(settings);
  const reader = { membership, root, vpc: planVpc(settings, facts), gatewayNamespace: gateway?.namespace };
  return peers.map((peer) => {
    const gatewayOfPeer = gateway === undefined ? [] : [logicalNames.remoteGateway(peer.name)];
    const after = [...afterGateway(settings, namespace), ...gatewayOfPeer];
    return planRemoteSecret(peer, { ...reader, name: logicalNames.remoteSecret(peer.name), namespace, after });
  });
}
