import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

const port = 9080;

/** What of Bookinfo is for everybody: its front page, and what that loads. */
export const frontPage = {
  service: { service: "productpage", port },
  paths: ["/productpage", "/login", "/logout", "/static", "/api/v1/products"],
} as const;

interface BookinfoArgs {
  readonly namespace: string;
  /** How many of a hundred requests for reviews go to version 3; the others go to version 1. */
  readonly canary: number;
  /** What splits them. */
  readonly routes: "HTTPRoute" | "VirtualService";
}

/** Istio's sample application: one page, and three services behind it. Source: samples/bookinfo of istio/istio */
export class Bookinfo extends pulumi.ComponentResource {
  public constructor(name: string, args: BookinfoArgs, options: pulumi.ComponentResourceOptions) {
    super("bookinfo:index:Bookinfo", name, {}, options);
    for (const app of ["productpage", "details", "ratings", "reviews"]) this.makeService(app, { app }, args);
    for (const [app, version] of workloads) this.makeWorkload(app, version, args);
    for (const version of ["v1", "v3"]) this.makeService(`reviews-${version}`, { app: "reviews", version }, args);
    for (const app of Object.keys(scratch)) {
      const metadata = { name: `bookinfo-${app}`, namespace: args.namespace, labels: { account: app } };
      new k8s.core.v1.ServiceAccount(`bookinfo-${app}`, { metadata }, { parent: this });
    }
    this.makeCanary(args);
    this.registerOutputs({});
  }

  private makeService(name: string, selector: Record<string, string>, { namespace }: BookinfoArgs): void {
    const metadata = { name, namespace, labels: { app: String(selector["app"]), service: name } };
    new k8s.core.v1.Service(
      `service-${name}`,
      { metadata, spec: { selector, ports: [{ name: "http", port }] } },
      { parent: this },
    );
  }

  private makeWorkload(app: string, version: string, { namespace }: BookinfoArgs): void {
    const labels = { app, version };
    const folders = scratch[app] ?? [];
    const container = {
      name: app,
      image: `docker.io/istio/examples-bookinfo-${app}-${version}:1.20.3`,
      ports: [{ containerPort: port }],
      resources: { requests: { cpu: "20m", memory: "64Mi" } },
      env: app === "reviews" ? [{ name: "LOG_DIR", value: "/tmp/logs" }] : [],
      volumeMounts: folders.map(([volume, mountPath]) => ({ name: volume, mountPath })),
      securityContext: {
        ...{ allowPrivilegeEscalation: false, runAsNonRoot: true },
        ...{ capabilities: { drop: ["ALL"] }, seccompProfile: { type: "RuntimeDefault" } },
      },
    };
    const pod = {
      serviceAccountName: `bookinfo-${app}`,
      containers: [container],
      volumes: folders.map(([volume]) => ({ name: volume, emptyDir: {} })),
    };
    const spec = { replicas: 1, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: pod } };
    const metadata = { name: `${app}-${version}`, namespace, labels };
    new k8s.apps.v1.Deployment(`${app}-${version}`, { metadata, spec }, { parent: this });
  }

  /** One object, so that another share is a change of it and of nothing else. */
  private makeCanary({ namespace, canary, routes }: BookinfoArgs): void {
    const metadata = { name: "reviews", namespace };
    const shares = [
      { name: "reviews-v1", weight: 100 - canary },
      { name: "reviews-v3", weight: canary },
    ];
    const backendRefs = shares.map((share) => ({ ...share, port }));
    const route = shares.map(({ name, weight }) => ({ destination: { host: name, port: { number: port } }, weight }));
    const written =
      routes === "HTTPRoute"
        ? {
            apiVersion: "gateway.networking.k8s.io/v1",
            spec: { parentRefs: [{ group: "", kind: "Service", name: "reviews", port }], rules: [{ backendRefs }] },
          }
        : { apiVersion: "networking.istio.io/v1", spec: { hosts: ["reviews"], http: [{ route }] } };
    new k8s.apiextensions.CustomResource("reviews-canary", { ...written, kind: routes, metadata }, { parent: this });
  }
}

const workloads = [
  ["productpage", "v1"],
  ["details", "v1"],
  ["ratings", "v1"],
  ["reviews", "v1"],
  ["reviews", "v3"],
] as const;

/** Folders into which each writes. */
const scratch: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  productpage: [["tmp", "/tmp"]],
  details: [],
  ratings: [],
  reviews: [
    ["tmp", "/tmp"],
    ["output", "/opt/ibm/wlp/output"],
  ],
};
