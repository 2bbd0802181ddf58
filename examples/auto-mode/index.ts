/**
 * I have nothing yet, and want a cluster that needs no care: EKS Auto Mode brings nodes, network and load balancers.
 *
 * Nothing has to be installed for load balancers; the mesh is told who makes them. All is made in the right order, and
 * `pulumi destroy` removes it in the reverse one: the load balancers while Auto Mode is still there to remove them.
 *
 *     pulumi up
 */
import * as eks from "@pulumi/eks";
import { IstioMesh } from "istio-eks";
import { makeNetwork } from "../network";

const network = makeNetwork("cluster");

const cluster = new eks.Cluster("cluster", {
  vpcId: network.vpcId,
  publicSubnetIds: [...network.publicSubnetIds],
  privateSubnetIds: [...network.privateSubnetIds],
  authenticationMode: eks.AuthenticationMode.Api,
  autoMode: { enabled: true },
});

const mesh = new IstioMesh("mesh", {
  mode: "ambient",
  cluster: { eksCluster: cluster },
  loadBalancerController: "eks-auto-mode",
  ingress: { strategy: "nlb", scheme: "internet-facing" },
  namespaces: { shop: {} },
});

export const kubeconfig = cluster.kubeconfig;
export const { url, enrolmentLabels } = mesh;
