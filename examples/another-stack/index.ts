/**
 * The platform team has made the mesh in a stack of its own, and I want my service in it: enrolled, and reached through
 * the mesh's load balancer.
 *
 *     pulumi config set mesh acme/existing-cluster/production && pulumi config set host shop.example.com && pulumi up
 */
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const host = config.require("host");
const platform = new pulumi.StackReference(config.require("mesh"));

// The mesh says what enrols a namespace: which label depends on its mode and revision.
const enrolmentLabels = platform.requireOutput("enrolmentLabels") as pulumi.Output<Record<string, string>>;
const ingressNamespace = platform.requireOutput("ingressNamespace") as pulumi.Output<string>;

const namespace = new k8s.core.v1.Namespace("shop", { metadata: { name: "shop", labels: enrolmentLabels } });
const labels = { app: "shop" };
const inShop = { namespace: namespace.metadata.name };

new k8s.apps.v1.Deployment("shop", {
  metadata: { ...inShop, name: "shop" },
  spec: {
    replicas: 2,
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: {
        containers: [{ name: "shop", image: "public.ecr.aws/nginx/nginx:1.29", ports: [{ containerPort: 80 }] }],
      },
    },
  },
});
const service = new k8s.core.v1.Service("shop", {
  metadata: { ...inShop, name: "shop" },
  spec: { selector: labels, ports: [{ name: "http", port: 80 }] },
});

// The Gateway has the name of the ingress; every namespace may add routes to it.
new k8s.apiextensions.CustomResource("shop", {
  apiVersion: "gateway.networking.k8s.io/v1",
  kind: "HTTPRoute",
  metadata: { ...inShop, name: "shop" },
  spec: {
    parentRefs: [{ name: "istio-ingress", namespace: ingressNamespace }],
    hostnames: [host],
    rules: [{ backendRefs: [{ name: service.metadata.name, port: 80 }] }],
  },
});

export const url = `https://${host}`;
