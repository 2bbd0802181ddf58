/**
 * I have two EKS clusters in different VPCs, with the AWS Load Balancer Controller in both, and want one mesh: a Service of the
 * same name in both is one Service. An intermediate certificate of my own authority signs in each cluster.
 *
 *     pulumi config set east production-east && pulumi config set west production-west
 *     pulumi config set eastVpcCidr 10.1.0.0/16 && pulumi config set westVpcCidr 10.2.0.0/16
 *     pulumi config set --secret --path authority.certificate < ca-cert.pem   # also privateKey, chain and root
 *     pulumi up
 */
import * as pulumi from "@pulumi/pulumi";
import { type CertificateAuthorityArgs, IstioMesh, MeshPeering } from "istio-eks";

const config = new pulumi.Config();
const certificateAuthority = config.requireObject<CertificateAuthorityArgs>("authority");

/** One cluster of the mesh; only the VPC of the other one may connect to its east-west gateway. */
function meshOn(name: string, peerCidr: string) {
  return new IstioMesh(name, {
    mode: "sidecar",
    cluster: { name: config.require(name) },
    security: { certificateAuthority },
    multiCluster: { meshId: "production", eastWest: { allowedCidrs: [peerCidr] } },
    namespaces: { shop: {} },
  });
}

const east = meshOn("east", config.require("westVpcCidr"));
const west = meshOn("west", config.require("eastVpcCidr"));

new MeshPeering("peering", { meshes: { east, west } });

export const addresses = { east: east.eastWestAddress, west: west.eastWestAddress };
