import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { type GatewayArgs, gatewayShape } from "../ingress/gateways/gateway-args";
import { clusterName, eipAllocationId, securityGroupId, subnetId } from "../inputs/aws/aws-id";
import { choice } from "../inputs/choice";
import { cidr } from "../inputs/network/cidr";
import { field } from "../inputs/form";
import { inputValue } from "../inputs/input-value";
import { wholeNumber } from "../inputs/number";
import { mapOf, shape } from "../inputs/shape";
import { anyText, kubernetesName, networkName } from "../inputs/text";
import { Scheme } from "../plan/enums";

/**
 * One mesh over several EKS clusters, each with its own istiod (multi-primary); all of them with sidecars, or all of them ambient.
 * docs/how-to/multi-cluster.md shows one program for all clusters, and one stack for each.
 *
 * @throws If `security.certificateAuthority` is missing: workloads of two clusters trust each other by a common root.
 */
export interface MultiClusterArgs {
  /**
   * Name of the mesh; the same in every cluster.
   *
   * @remarks Changing it restarts istiod. Pods that were injected before keep the old name until they restart.
   * @example `"production"`
   */
  meshId: string;
  /**
   * Name of this cluster in the mesh; unique in the mesh. Peers know the cluster by it.
   *
   * @defaultValue the name of the EKS cluster; required where `cluster.name` is an output or `cluster.eksCluster` is used
   * @remarks Changing it restarts istiod and replaces the Secrets in peers. Restart the pods of the mesh afterwards.
   * @example `"production-west"`
   */
  clusterName?: string;
  /**
   * Name of the network of this cluster's pods. Clusters whose pods reach each other directly (one VPC, VPC peering, Transit
   * Gateway) may have the same network; all others need different ones and `eastWest`, and so does every ambient cluster. VPCs of
   * clusters on one network have no IPv4 range in common, secondary ranges included; peers for which that is not so are refused.
   *
   * @defaultValue `clusterName`
   * @remarks Changing it restarts istiod and the east-west gateway. Restart the pods of the mesh afterwards.
   * @example `"vpc-main"`
   */
  network?: string;
  /**
   * The gateway by which clusters of other networks reach this one. Required with mode ambient.
   *
   * @defaultValue none: all clusters are on one network
   */
  eastWest?: EastWestArgs;
  /**
   * Clusters of the same network whose pods may reach the pods of this cluster: rules for the security groups of the nodes. Not
   * with mode ambient.
   *
   * @defaultValue none: no rules are added; your network lets them in
   */
  flatNetwork?: FlatNetworkArgs;
  /**
   * The other clusters, by their `clusterName`. In one program use `MeshPeering` instead.
   *
   * @example `{ "production-west": { kubeconfig: west.requireOutput("peerAccess") } }`
   */
  peers?: { [clusterName: string]: PeerArgs };
  /**
   * Generation of the token in the output `peerAccess`, 1 to 1000000. A higher number creates a new token. The token of the
   * generation before remains valid until the next change, so that peers lose no access before they have the new one.
   *
   * @defaultValue `1`
   * @remarks To revoke a token at once, raise the number by 2 and run `pulumi up` in the peers' stacks.
   * @example `2`
   */
  tokenGeneration?: number;
}

/**
 * The gateway by which clusters of other networks reach this one: pods in the namespace `istio-eastwest` and an NLB on port
 * 15443, with mode ambient 15008. It passes mTLS through to the workload that is asked for.
 */
export interface EastWestArgs {
  /** Whether the NLB has private or public addresses. @defaultValue `"internal"` @example `"internet-facing"` */
  scheme?: Scheme;
  /**
   * Ranges from which peers connect: their VPCs, or their NAT gateways with scheme `internet-facing`. At least one of
   * `allowedCidrs` and `allowedSecurityGroupIds` is required.
   *
   * @remarks Ranges wider than /8 (IPv4) or /32 (IPv6) are refused: the gateway is for peers, and not for the internet.
   * @example `["10.1.0.0/16"]`
   */
  allowedCidrs?: string[];
  /**
   * Security groups of the peers' nodes, in this VPC or a peered one.
   *
   * @example `["sg-0123456789abcdef0"]`
   */
  allowedSecurityGroupIds?: pulumi.Input<string>[];
  /**
   * Subnets of the NLB, one per zone.
   *
   * @defaultValue `cluster.subnetIds`, else chosen by the load balancer controller from subnet tags
   * @example `["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]`
   */
  subnetIds?: pulumi.Input<string>[];
  /** Elastic IPs, one for each of `subnetIds`; with scheme `internet-facing` only. @example `["eipalloc-0123456789abcdef0"]` */
  eipAllocationIds?: pulumi.Input<string>[];
  /**
   * The pods of the gateway. Their namespace is `istio-eastwest` by default, with mode ambient the same in all clusters; `shareWith` is
   * not for this gateway.
   */
  gateway?: GatewayArgs;
}

/** Clusters of the same network, whose pods may reach the pods of this one on every TCP port. */
export interface FlatNetworkArgs {
  /**
   * Ranges of the peers' pods.
   *
   * @remarks Ranges wider than /8 (IPv4) or /32 (IPv6) are refused.
   * @example `["10.1.0.0/16"]`
   */
  allowedCidrs?: string[];
  /**
   * Security groups of the peers' nodes, in this VPC or a peered one.
   *
   * @example `["sg-0123456789abcdef0"]`
   */
  allowedSecurityGroupIds?: pulumi.Input<string>[];
}

/** Another cluster of the mesh. */
export interface PeerArgs {
  /**
   * Kubeconfig with which istiod reads the other cluster: the output `peerAccess` of its mesh, a secret.
   *
   * @remarks istiod accepts no kubeconfig that runs a command, such as those of `aws eks update-kubeconfig`. With mode ambient it
   * has to be that output, which also says where the peer's gateway is.
   * @example `west.requireOutput("peerAccess")`
   */
  kubeconfig: pulumi.Input<string>;
}

const allowed = {
  allowedCidrs: z.array(field(cidr)).optional(),
  allowedSecurityGroupIds: z.array(field(inputValue(securityGroupId))).optional(),
};

const eastWestShape = shape({
  scheme: field(choice(Scheme)).optional(),
  ...allowed,
  subnetIds: z.array(field(inputValue(subnetId))).optional(),
  eipAllocationIds: z.array(field(inputValue(eipAllocationId))).optional(),
  gateway: gatewayShape.optional(),
} satisfies Record<keyof EastWestArgs, z.ZodType>);

const flatNetworkShape = shape(allowed satisfies Record<keyof FlatNetworkArgs, z.ZodType>);

const peerShape = shape({ kubeconfig: field(inputValue(anyText)) } satisfies Record<keyof PeerArgs, z.ZodType>);

export const multiClusterShape = shape({
  meshId: field(kubernetesName),
  clusterName: field({ ...clusterName, isPublic: true }).optional(),
  network: field(networkName).optional(),
  eastWest: eastWestShape.optional(),
  flatNetwork: flatNetworkShape.optional(),
  peers: mapOf(peerShape).optional(),
  tokenGeneration: field(wholeNumber(1, 1_000_000)).optional(),
} satisfies Record<keyof MultiClusterArgs, z.ZodType>);
