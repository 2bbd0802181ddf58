import * as pulumi from "@pulumi/pulumi";
import { IstioMesh } from "istio-eks";

const config = new pulumi.Config();

const mesh = new IstioMesh("mesh", {
  mode: "ambient",
  cluster: { name: config.require("clusterName") },
  ingress: {
    strategy: "nlb",
    scheme: "internet-facing",
    hostnames: [config.require("hostname")],
    dns: { zoneName: config.require("zoneName") },
    tls: { requestCertificate: true },
  },
});

export const url = mesh.url;
