import assert from "node:assert/strict";
import { adoption } from "../../cli/adopt/adoption";
import { planOf } from "../support/plans";
import { inventoryOf } from "../support/inventory";

const certificate = "arn:aws:acm:eu-central-1:123456789012:certificate/0f1e2d3c";
const other = "arn:aws:acm:eu-central-1:123456789012:certificate/1f1e2d3c";
const base = { mode: "sidecar", cluster: { name: "prod" }, istio: { version: "1.30.4" } };
const toService = (service: string, namespace = "shop") => ({ service, namespace, port: 8080 });
const lb = "service.beta.kubernetes.io/aws-load-balancer-";

/** Meshes as people have them, each with some members that are not the default. */
const meshes: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "no ingress": base,
  "an internal NLB": { ...base, ingress: { strategy: "nlb" } },
  "an NLB with everything": {
    ...base,
    tags: { team: "edge" },
    ingress: {
      ...{ strategy: "nlb", scheme: "internet-facing", ipAddressType: "dualstack", hostnames: ["shop.example.com"] },
      dns: { zoneId: "Z0123456789ABCDEFGHIJ" },
      tls: { certificateArn: certificate, certificateArns: [other], policy: "ELBSecurityPolicy-TLS13-1-2-Res-2021-06" },
      subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
      allowedCidrs: ["203.0.113.0/24"],
      allowedPrefixListIds: ["pl-4fa04526"],
      allowedSecurityGroupIds: ["sg-0123456789abcdef0"],
      healthCheck: { healthyThreshold: 2, unhealthyThreshold: 4, timeoutSeconds: 6, intervalSeconds: 20 },
      nlb: {
        crossZone: false,
        name: "edge",
        preserveClientIp: true,
        ports: { kafka: { port: 9094, targetPort: 19094, protocol: "TLS" } },
      },
      annotations: {
        [`${lb}attributes`]: "deletion_protection.enabled=true",
        [`${lb}target-group-attributes`]: "stickiness.enabled=true",
      },
      gateway: {
        minReplicas: 3,
        maxReplicas: 9,
        drainSeconds: 120,
        labels: { team: "edge" },
        nodeSelector: { pool: "edge" },
      },
    },
  },
  "an NLB with PROXY protocol to node ports, and TLS in the gateway": {
    ...base,
    ingress: {
      strategy: "nlb",
      hostnames: ["a.example.com"],
      tls: { secretName: "edge-tls" },
      nlb: { targetType: "instance", proxyProtocol: true },
    },
  },
  "an ALB with everything": {
    ...base,
    additionalIngresses: {
      edge: {
        ...{ strategy: "alb", scheme: "internet-facing", hostnames: ["a.example.com", "b.example.com"] },
        dns: { zoneId: "Z0123456789ABCDEFGHIJ" },
        tls: { certificateArn: certificate, redirectHttp: false },
        alb: {
          ...{ name: "edge-alb", groupName: "edge", idleTimeoutSeconds: 120, accessLogsBucket: "logs" },
          webAclArn:
            "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/edge/0f1e2d3c-0000-0000-0000-000000000000",
        },
        gateway: { minReplicas: 2, maxReplicas: 2, resources: { limits: { cpu: "none" } } },
      },
    },
  },
  "two load balancers before one gateway": {
    ...base,
    ingress: { strategy: "nlb" },
    additionalIngresses: {
      public: {
        strategy: "alb",
        scheme: "internet-facing",
        alb: { name: "public" },
        gateway: { shareWith: "istio-ingress" },
      },
    },
  },
  "a revision with tags, and a canary": {
    ...base,
    istio: {
      ...{
        version: "1.30.4",
        revision: "a",
        revisionTags: ["prod"],
        namespace: "mesh",
        imageHub: "registry.example.com/istio",
      },
      canary: { version: "1.31.1", revision: "b", revisionTags: ["next"] },
    },
    namespaces: { shop: { create: false }, next: { create: false, revision: "next" } },
  },
  "values and mesh configuration of its own": {
    ...base,
    istio: {
      version: "1.30.4",
      meshConfig: { accessLogFile: "/dev/stdout", defaultConfig: { holdApplicationUntilProxyStarts: true } },
      values: { istiod: { env: { PILOT_X: "1" } }, gateway: { env: { X: "1" } } },
    },
    controlPlane: { minReplicas: 3, maxReplicas: 3, resources: { requests: { cpu: "1" } }, priorityClassName: "high" },
    ingress: { strategy: "nlb", trustedProxies: 2 },
  },
  "sidecars by the CNI agent, strict": {
    ...base,
    istio: { version: "1.31.1", sidecarCni: true },
    security: { mtls: "strict" },
    namespaces: { legacy: { create: false, mtls: "permissive" }, shop: { create: false } },
  },
  "access logs, traces to a collector, and a provider of the user's": {
    ...base,
    istio: {
      version: "1.30.4",
      meshConfig: { extensionProviders: [{ name: "audit", envoyFileAccessLog: { path: "/x" } }] },
    },
    telemetry: {
      accessLogs: "json",
      tracing: {
        ...{ provider: "otlp", service: "collector.observability.svc.cluster.local", port: 4320 },
        ...{ samplingPercentage: 5, customTags: { stage: "prod" } },
      },
    },
  },
  "access logs that are off": { ...base, telemetry: { accessLogs: "off" } },
  "a trust domain, and TLS 1.3 also in the gateway": {
    ...base,
    ingress: { strategy: "nlb", tls: { secretName: "edge-tls" } },
    security: { trustDomain: "mesh.example.com", minimumTlsVersion: "TLSV1_3" },
  },
  "a Secret with which istiod signs, and a volume of the user's": {
    ...base,
    istio: { version: "1.30.4", values: { istiod: { volumes: [{ name: "own", emptyDir: {} }] } } },
    security: { certificateAuthority: { secretName: "cacerts" } },
  },
  "all denied that nobody allows, in ambient mode with waypoints": {
    ...base,
    mode: "ambient",
    ingress: { strategy: "nlb" },
    security: { mtls: "strict", defaultDeny: true, trustDomain: "mesh.example.com" },
    namespaces: {
      bank: { create: false, plaintextPorts: { metrics: { selector: { app: "ledger" }, ports: [9090, 9091] } } },
      shop: { create: false, waypoint: true },
    },
  },
  "NetworkPolicies everywhere but in one namespace": {
    ...base,
    mode: "ambient",
    ingress: { strategy: "nlb" },
    additionalIngresses: { classic: { strategy: "alb", routing: "istio", alb: { name: "classic" } } },
    security: { networkPolicies: true },
    namespaces: { legacy: { create: false, dataplane: "sidecar" }, open: { create: false, networkPolicies: false } },
  },
  "NetworkPolicies in one namespace": {
    ...base,
    namespaces: { shop: { create: false, networkPolicies: true }, open: { create: false } },
  },
  "routes of Istio's own API, and a limit of requests": {
    ...base,
    ingress: {
      ...{ strategy: "nlb", hostnames: ["shop.example.com", "*.example.org"] },
      rateLimit: { requestsPerSecond: 500, burst: 1000 },
      routes: [
        {
          ...{ host: "shop.example.com", path: "/cart", pathType: "exact", methods: ["GET", "HEAD"] },
          ...{ headers: { "x-beta": "yes" }, queryParams: { v: "2" }, ...toService("cart"), timeoutSeconds: 1.5 },
          requestHeaders: { set: { "x-a": "1" }, add: { "x-b": "2" }, remove: ["x-c"] },
        },
        { host: "shop.example.com", path: "/cart", ...toService("cart"), weight: 90, methods: ["POST"] },
        { host: "shop.example.com", path: "/cart", ...toService("next"), weight: 10, methods: ["POST"] },
        { host: "api.example.org", path: "/v[0-9]+", pathType: "regex", ...toService("api") },
        {
          ...{ host: "shop.example.com", ...toService("web"), responseHeaders: { remove: ["server"] } },
          retries: { attempts: 2, on: ["503", "reset"], perTryTimeoutSeconds: 0.5 },
        },
        { host: "*.example.org", redirect: { host: "shop.example.com", path: "/new", status: 302 } },
      ],
    },
    additionalIngresses: {
      edge: {
        ...{ strategy: "alb", alb: { name: "edge" }, hostnames: ["a.example.com"] },
        routes: [{ host: "a.example.com", ...toService("web") }],
      },
    },
  },
  "routes of the Gateway API": {
    ...base,
    mode: "ambient",
    ingress: {
      ...{ strategy: "nlb", hostnames: ["shop.example.com"] },
      routes: [
        {
          ...{ host: "shop.example.com", path: "/cart", methods: ["GET", "HEAD"], headers: { "x-beta": "yes" } },
          ...{ queryParams: { v: "2" }, ...toService("cart"), timeoutSeconds: 1.5 },
          requestHeaders: { set: { "x-a": "1" }, add: { "x-b": "2" }, remove: ["x-c"] },
          responseHeaders: { remove: ["server"] },
        },
        { host: "shop.example.com", ...toService("web") },
        { host: "shop.example.com", path: "/old", redirect: { host: "a.example.com", path: "/new", status: 302 } },
        // After its ReferenceGrant, so that it is the last also in the plan.
        { host: "shop.example.com", path: "/exact", pathType: "exact", ...toService("web"), weight: 90 },
        { host: "shop.example.com", path: "/exact", pathType: "exact", ...toService("next", "other"), weight: 10 },
      ],
    },
  },
  "resilience, and hosts outside the mesh": {
    ...base,
    istio: { version: "1.31.1" },
    egress: { policy: "registry-only", hosts: ["api.example.com", "sts.eu-central-1.amazonaws.com"] },
    traffic: {
      retries: { attempts: 3 },
      outlierDetection: { consecutiveGatewayErrors: 3, baseEjectionSeconds: 60 },
      connectionPool: { maxConnections: 1000 },
      ...{ locality: "failover", scope: "namespace" },
    },
  },
  "known hosts alone, and AWS credentials that are not kept reachable": {
    ...base,
    egress: { policy: "registry-only", awsCredentials: false },
  },
  "an egress gateway": { ...base, egress: { gateway: true, hosts: ["api.example.com"] } },
  "a waypoint for egress": { ...base, mode: "ambient", egress: { gateway: true, hosts: ["api.example.com"] } },
  "add-ons, with members and values of their own": {
    ...base,
    telemetry: { tracing: { provider: "otlp", samplingPercentage: 10 } },
    addons: {
      prometheus: {
        ...{ version: "29.26.0", retention: "7d", storage: { size: "50Gi", storageClass: "gp3" } },
        values: { server: { extraFlags: ["web.enable-lifecycle"] } },
      },
      jaeger: { resources: { requests: { cpu: "1", memory: "1Gi" }, limits: { memory: "1Gi" } } },
      grafana: {
        storage: { size: "10Gi" },
        dashboards: false,
        values: { "grafana.ini": { users: { viewers: true } } },
      },
      kiali: {},
    },
  },
  "a console that asks a Prometheus of somebody else": {
    ...base,
    addons: { prometheus: { url: "http://prometheus.monitoring:9090" }, kiali: {} },
  },
  ambient: {
    ...base,
    mode: "ambient",
    ingress: { strategy: "nlb", hostnames: ["a.example.com"], tls: { certificateArn: certificate } },
    additionalIngresses: { edge: { strategy: "alb", alb: { name: "edge" }, routing: "istio" } },
    namespaces: { injected: { create: false, dataplane: "sidecar" }, shop: { create: false } },
  },
};

describe("A mesh that this component made, adopted", () => {
  for (const [name, args] of Object.entries(meshes)) {
    it(`has the same plan: ${name}`, async () => {
      const plan = await planOf(args);
      const { args: adopted, secrets } = adoption(inventoryOf(plan.resources), revisionOf(args));
      const again = await planOf(adopted);
      assert.deepEqual(secrets, []);
      assert.deepEqual(again.resources, plan.resources, JSON.stringify(adopted, null, 2));
    });
  }
});

function revisionOf({ istio }: Readonly<Record<string, unknown>>): string | undefined {
  return (istio as { readonly revision?: string }).revision;
}
