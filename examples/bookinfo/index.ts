/**
 * I want to see a mesh at work: Istio's sample application Bookinfo behind a public load balancer, strict mTLS between its
 * services, and a tenth of the requests for reviews to version 3 (red stars) in place of version 1 (none).
 *
 *     pulumi config set cluster production && pulumi up     # then open the printed url, and reload it some times
 *     pulumi config set canary 50 && pulumi up              # half of them
 *     pulumi config set mode sidecar && pulumi config set routing istio && pulumi up   # with sidecars and Istio's own routes
 */
import * as pulumi from "@pulumi/pulumi";
import { IstioMesh, type IstioMeshArgs } from "istio-eks";
import { Bookinfo, frontPage } from "./bookinfo";
import { providerOf } from "./cluster";

const config = new pulumi.Config();
const cluster = config.require("cluster");
const mode = config.get("mode", { allowedValues: ["ambient", "sidecar"] }) ?? "ambient";
const routing = config.get("routing", { allowedValues: ["gateway-api", "istio"] }) ?? "gateway-api";
const strategy = config.get("strategy", { allowedValues: ["nlb", "alb"] }) ?? "nlb";
const canary = config.getNumber("canary", { min: 0, max: 100 }) ?? 10;
// Your mirrors, if you have any.
const chartRepository = config.get("chartRepository");
const manifest = config.get("gatewayApiManifest");

/** The application is in the same cluster as the mesh, whatever kubeconfig this shell has. */
const kubernetes = providerOf(cluster);

const namespace = "bookinfo";
const ambient = mode === "ambient";
const byGatewayApi = ambient || routing === "gateway-api";
const args: IstioMeshArgs = {
  mode,
  cluster: { name: cluster },
  ingress: {
    strategy,
    routing,
    scheme: "internet-facing",
    routes: frontPage.paths.map((path) => ({ host: "*", path, namespace, ...frontPage.service })),
  },
  // In ambient mode requests between services are seen, and split by weights, at a waypoint.
  namespaces: { [namespace]: { waypoint: ambient } },
  security: { mtls: "strict" },
  istio: { ...(chartRepository === undefined ? {} : { chartRepository }) },
  ...(manifest !== undefined && byGatewayApi ? { gatewayApi: { manifest } } : {}),
};
const mesh = new IstioMesh("mesh", args, { providers: [kubernetes] });

// After the mesh: pods get what their mode needs when they start.
const routes = byGatewayApi ? "HTTPRoute" : "VirtualService";
new Bookinfo("bookinfo", { namespace, canary, routes }, { dependsOn: [mesh], providers: [kubernetes] });

export const url = pulumi.interpolate`${mesh.url}/productpage`;
export const { version } = mesh;
