import assert from "node:assert/strict";
import { adoption } from "../../cli/adopt/adoption";
import { planOf } from "../support/plans";
import { inventoryOf } from "../support/inventory";

const certificate = "arn:aws:acm:eu-central-1:123456789012:certificate/0f1e2d3c";
const other = "arn:aws:acm:eu-central-1:123456789012:certificate/1f1e2d3c";
const base = { mode: "sidecar", cluster: { name: "prod" }, istio: { version: "1.30.4" } };
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
