/**
 * I have an EKS cluster in each of several accounts or regions, and a stack for each: every one is a cluster of the same mesh.
 *
 * First without peers in every stack; then with the stacks of the others, and `pulumi up` again:
 *
 *     pulumi config set cluster production-east && pulumi config set peerCidr 10.2.0.0/16 && pulumi up
 *     pulumi config set --path 'peers.production-west' acme/multi-cluster-stacks/west && pulumi up
 */
import * as pulumi from "@pulumi/pulumi";
import { type CertificateAuthorityArgs, IstioMesh } from "istio-eks";

const config = new pulumi.Config();
const stacks = config.getObject<Record<string, string>>("peers") ?? {};

const peers = Object.entries(stacks).map(([cluster, stack]) => {
  const kubeconfig = new pulumi.StackReference(stack).requireOutput("peerAccess") as pulumi.Output<string>;
  return [cluster, { kubeconfig }] as const;
});

const mesh = new IstioMesh("mesh", {
  mode: "sidecar",
  cluster: { name: config.require("cluster") },
  security: { certificateAuthority: config.requireObject<CertificateAuthorityArgs>("authority") },
  multiCluster: {
    meshId: "production",
    eastWest: { allowedCidrs: [config.require("peerCidr")] },
    peers: Object.fromEntries(peers),
  },
  namespaces: { shop: {} },
});

export const { peerAccess, eastWestAddress } = mesh;
