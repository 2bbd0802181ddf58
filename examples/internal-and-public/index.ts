/**
 * I have an EKS cluster, and want a public load balancer for customers and an internal one for colleagues, each before gateway pods of its own, so that nothing of the one is reached through the other.
 *
 *     pulumi config set cluster production && pulumi config set zone example.com && pulumi up
 */
import * as pulumi from "@pulumi/pulumi";
import { IstioMesh } from "istio-eks";

const config = new pulumi.Config();
const zone = config.require("zone");

const mesh = new IstioMesh("mesh", {
  mode: "ambient",
  cluster: { name: config.require("cluster") },
  ingress: {
    strategy: "nlb",
    scheme: "internet-facing",
    hostnames: [`app.${zone}`],
    dns: { zoneName: zone },
    tls: { requestCertificate: true },
  },
  additionalIngresses: {
    internal: {
      strategy: "nlb",
      scheme: "internal",
      hostnames: [`*.internal.${zone}`],
      dns: { zoneName: zone, privateZone: true },
      tls: { certificateDomain: `*.internal.${zone}` },
    },
  },
});

export const publicUrl = mesh.url;
export const internalAddress = mesh.ingresses.apply(({ internal }) => String(internal?.hostname));
