/**
 * I have an EKS cluster, with the AWS Load Balancer Controller in it, and want Istio without sidecars behind a public
 * Network Load Balancer, reached as app.example.com with a certificate that is made and renewed for me.
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
  namespaces: { shop: {} },
});

export const { url, version, enrolmentLabels, ingressNamespace } = mesh;
