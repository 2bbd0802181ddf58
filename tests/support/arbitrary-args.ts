import fc from "fast-check";
import { givenAuthority } from "./certificates";

// Arguments of a mesh as people write them: most of them valid, some of them nearly so.

const optional: { requiredKeys: never[]; noNullPrototype: true } = { requiredKeys: [], noNullPrototype: true };
const required = { noNullPrototype: true } as const;
const from = <Value>(...values: readonly Value[]) => fc.constantFrom(...values);

const arn = "arn:aws:acm:eu-central-1:123456789012:certificate/0f1e2d3c";
const subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"];
const labels = from({}, { team: "a" }, { "a.b/c": "" });

const resources = from<object>(
  {},
  { requests: { cpu: "100m" } },
  { requests: { cpu: "2", memory: "2Gi" }, limits: { cpu: "2", memory: "4Gi" } },
  { limits: { memory: "2Gi" } },
);

const pods = fc.record(
  {
    minReplicas: from(1, 2, 3),
    maxReplicas: from(3, 5),
    resources,
    namespace: from("edge", "istio-ingress", "istio-system"),
    labels,
  },
  optional,
);

/** Routes of a host: one, paths of it, a canary between two namespaces, a sum that is wrong, conditions and policies. */
function routes(host: string): fc.Arbitrary<readonly object[]> {
  const route = { host: `${host}.example.com`, service: "web", namespace: "shop", port: 80 };
  const mirrored = { service: "lab", namespace: "team-a", port: 80 };
  const canary = { ...route, path: "/cart", service: "next", namespace: "team-a", weight: 20 };
  return from<readonly object[]>(
    [],
    [route],
    [route, { ...route, path: "/cart" }],
    [{ ...route, path: "/cart", weight: 80 }, canary],
    [canary],
    [
      route,
      { ...route, methods: ["GET", "POST"], headers: { "x-beta": "yes" }, service: "next", namespace: "team-a" },
      { ...route, path: "/cart", pathType: "exact", queryParams: { v: "2" }, timeoutSeconds: 1.5, rewritePath: "/" },
      { host: route.host, path: "/old", redirect: { path: "/cart", status: 302 } },
    ],
    [{ ...route, retries: { attempts: 2, on: ["503"] }, mirror: { ...mirrored, percent: 0.5 } }],
    [{ ...route, requestHeaders: { set: { "x-a": "1" } }, fault: { abortStatus: 503, percent: 1 } }],
    [{ ...route, path: "/v[0-9]+", pathType: "regex", cors: { origins: ["https://*.example.com"] } }],
  );
}

/** Hostnames, records and certificates go together. */
function naming(host: string): fc.Arbitrary<Record<string, unknown>> {
  const zone = from<object>(
    { zoneName: "example.com" },
    { zoneId: "Z0123456789ABC" },
    { zoneName: "example.com", createRecords: false },
  );
  const hostnames = from([`${host}.example.com`], [`${host}.example.com`, `*.${host}.example.com`]);
  const certificate = from<object>(
    { certificateArn: arn },
    { certificateDomain: "*.example.com", redirectHttp: false },
  );
  const request = fc.constant({ requestCertificate: true });
  return fc.oneof(
    fc.constant({}),
    fc.record({ hostnames }, required),
    fc.record({ hostnames, dns: zone }, required),
    fc.record({ hostnames, dns: zone, tls: certificate }, required),
    fc.record({ hostnames, dns: zone, tls: request }, required),
    fc.record({ tls: certificate }, required),
  );
}

const reach = from<Record<string, unknown>>(
  {},
  { scheme: "internal" },
  { scheme: "internet-facing" },
  { scheme: "internet-facing", ipAddressType: "dualstack" },
  { allowedCidrs: ["10.0.0.0/8", "203.0.113.0/24"] },
  { ipAddressType: "dualstack", allowedCidrs: ["2001:db8::/32"] },
  { ipAddressType: "dualstack" },
  { allowedPrefixListIds: ["pl-4fa04526"], allowedSecurityGroupIds: ["sg-0123456789abcdef0"] },
);

function nlb(name: string): fc.Arbitrary<Record<string, unknown>> {
  const block = fc.record(
    {
      crossZone: fc.boolean(),
      targetType: from("ip", "instance"),
      preserveClientIp: fc.boolean(),
      name: fc.constant(`${name}-nlb`),
      ports: from<object>({}, { kafka: { port: 9094, targetPort: 19094, protocol: "TCP" } }),
    },
    optional,
  );
  const own = fc.record(
    {
      nlb: block,
      annotations: from({}, { "service.beta.kubernetes.io/aws-load-balancer-alpn-policy": "None" }),
    },
    optional,
  );
  const secret = from({}, {}, { tls: { secretName: `${name}-tls` } });
  return fc
    .tuple(naming(name), secret, own)
    .map(([names, tls, rest]) => ({ strategy: "nlb", ...names, ...tls, ...rest }));
}

function alb(name: string): fc.Arbitrary<Record<string, unknown>> {
  const block = fc.record(
    {
      ...{ name: fc.constant(`${name}-alb`), groupName: fc.constant(`${name}-group`), idleTimeoutSeconds: from(1, 60) },
      rateLimitPer5Minutes: from(0, 2000),
    },
    optional,
  );
  const own = fc.record(
    { alb: block, annotations: from({}, { "alb.ingress.kubernetes.io/auth-type": "none" }) },
    optional,
  );
  const encrypted = { tls: { certificateArn: arn, secretName: `${name}-tls` }, alb: { backendProtocol: "HTTPS" } };
  return fc
    .tuple(naming(name), own, from<object>({}, {}, encrypted))
    .map(([names, rest, https]) => ({ strategy: "alb", ...names, ...rest, ...https }));
}

function ingress(name: string): fc.Arbitrary<Record<string, unknown>> {
  const more = fc.record(
    {
      routing: from("istio", "istio", "gateway-api"),
      healthCheck: from({ intervalSeconds: 30 }, { timeoutSeconds: 6 }),
      subnetIds: fc.constant(subnets),
      gateway: pods,
      routes: routes(name),
      rateLimit: from({ requestsPerSecond: 100 }, { requestsPerSecond: 10, burst: 50 }),
    },
    optional,
  );
  return fc
    .tuple(fc.oneof(nlb(name), alb(name)), reach, more)
    .map(([strategy, who, rest]) => ({ ...strategy, ...who, ...rest }));
}

/** An ingress that may share the first one's gateway. */
function further(name: string): fc.Arbitrary<Record<string, unknown>> {
  const share = fc.constantFrom(false, false, true);
  return fc
    .tuple(ingress(name), share)
    .map(([args, shared]) =>
      shared ? { ...args, rateLimit: undefined, gateway: { shareWith: "istio-ingress" } } : args,
    );
}

const version = from("1.29.6", "1.30.4", "1.31.1");
const values = from<object>({}, { istiod: { env: { X: "1" } }, gateway: { labels: { more: "a" } } });
const istio = from<Record<string, unknown>>(
  {},
  { profile: "preview" },
  { profile: "empty" },
  { profile: "demo" },
  { sidecarCni: true },
  { revision: "a", revisionTags: ["default", "prod"] },
  { revisionTags: ["prod"], namespace: "mesh" },
  { canary: { version: "1.31.1", revision: "b", revisionTags: ["next"] } },
  { revision: "a", canary: { version: "1.30.4", revision: "b" } },
).chain((fixed) =>
  "profile" in fixed
    ? fc.constant(fixed)
    : fc.tuple(version, values).map(([of, reported]) => ({ ...fixed, version: of, values: reported })),
);

const namespace = fc.oneof(
  fc.record(
    {
      create: fc.boolean(),
      dataplane: from("sidecar", "none"),
      labels,
      mtls: from("permissive", "strict"),
      plaintextPorts: from({}, { metrics: { selector: { app: "a" }, ports: [9090] } }),
      networkPolicies: fc.constant(true),
    },
    optional,
  ),
  fc.record({ create: fc.boolean(), waypoint: fc.boolean() }, optional),
);

const privateCaArn = "arn:aws:acm-pca:eu-central-1:123456789012:certificate-authority/0a1b2c3d";

const security = fc.record(
  {
    mtls: from("permissive", "strict"),
    defaultDeny: fc.boolean(),
    networkPolicies: fc.boolean(),
    minimumTlsVersion: from("TLSV1_2", "TLSV1_3"),
    trustDomain: fc.constant("mesh.example.com"),
    certificateAuthority: from<object>(
      { secretName: "cacerts" },
      givenAuthority,
      { privateCaArn },
      { privateCaArn, validityDays: 90, generation: 2, root: givenAuthority.root },
      { secretName: "cacerts", ...givenAuthority },
    ),
  },
  optional,
);

const collector = "collector.observability.svc.cluster.local";
const telemetry = fc.record(
  {
    accessLogs: from("off", "text", "json"),
    tracing: from<object>(
      { provider: "otlp", service: collector },
      { provider: "otlp", service: collector, port: 55680, samplingPercentage: 0.5 },
      { provider: "xray", customTags: { team: "a" }, collector: { values: { replicaCount: 3 } } },
    ),
  },
  optional,
);

const traffic = from<object>(
  ...[{}, {}, {}, {}, {}, {}],
  { retries: { attempts: 3, on: ["5xx"] }, tcpKeepalive: { timeSeconds: 300 } },
  { outlierDetection: {}, connectionPool: { maxConnections: 100 } },
  { locality: "failover", scope: "namespace" },
  { locality: "zone-aware" },
  { retries: { attempts: 0 }, locality: "off" },
);

const addons = fc.record(
  {
    prometheus: from<object>({}, { storage: { size: "50Gi" } }, { url: "http://prometheus.monitoring:9090" }),
    grafana: from<object>({}, { dashboards: false }),
    kiali: fc.constant({}),
    jaeger: from<object>({}, { storage: { size: "20Gi", storageClass: "gp3" }, retention: "24h" }),
    cloudwatch: fc.constant({}),
  },
  optional,
);

const allowed = { allowedCidrs: ["10.1.0.0/16"] };

/** Nothing for most meshes: several clusters need sidecars and a certificate authority. */
const multiCluster = from<object | undefined>(
  ...[undefined, undefined, undefined, undefined, undefined],
  { meshId: "a", eastWest: allowed, tokenGeneration: 3 },
  { meshId: "a", network: "vpc", flatNetwork: allowed },
  { meshId: "a", network: "vpc", eastWest: { ...allowed, gateway: { namespace: "edge" } }, flatNetwork: allowed },
);

function withClusters([args, clusters]: readonly [Record<string, unknown>, object | undefined]) {
  if (clusters === undefined) return args;
  const given = { certificateAuthority: { secretName: "cacerts" } };
  return {
    ...args,
    mode: "sidecar",
    istio: {},
    security: { ...(args["security"] as object), ...given },
    multiCluster: clusters,
  };
}

const oneCluster: fc.Arbitrary<Record<string, unknown>> = fc.record(
  {
    mode: from("sidecar", "ambient"),
    cluster: from<Record<string, unknown>>(
      { name: "prod" },
      { name: "prod", nodeSecurityGroupIds: ["sg-0123456789abcdef0"] },
      { name: "prod", subnetIds: subnets },
    ),
    ingress: ingress("main"),
    additionalIngresses: fc.record(
      { shop: further("shop"), addons: further("addons"), "istio-inner": further("inner") },
      optional,
    ),
    istio,
    controlPlane: fc.record({ minReplicas: from(1, 2), maxReplicas: from(2, 5), resources }, optional),
    namespaces: fc.record({ shop: namespace, "team-a": namespace }, optional),
    security,
    telemetry,
    traffic,
    addons,
    egress: from<object>(
      {},
      { policy: "registry-only", hosts: ["api.example.com", "*.example.net"] },
      { gateway: true, hosts: ["api.example.com"] },
      { policy: "registry-only", awsCredentials: false },
    ),
    vpcCni: from<object>({}, {}, { podSecurityGroupEnforcingMode: "standard", apply: "patch" }),
    gatewayApi: from({}, {}, { crds: "external" }),
    cleanup: from({}, { enabled: false }, { timeoutSeconds: 60 }),
    loadBalancerController: from("aws-load-balancer-controller", "eks-auto-mode"),
    tags: from({}, { Team: "a" }),
  },
  { requiredKeys: ["mode", "cluster"], noNullPrototype: true },
);

/** Arguments of which about every other set is valid. */
export const nearlyValidArgs: fc.Arbitrary<Record<string, unknown>> = fc
  .tuple(oneCluster, multiCluster)
  .map(withClusters);

/** Where something stands in a tree. */
type Place = readonly (string | number)[];

function places(value: unknown, place: Place = []): readonly Place[] {
  if (typeof value !== "object" || value === null) return [place];
  const members = Array.isArray(value) ? value.map((entry, index) => [index, entry] as const) : Object.entries(value);
  return [place, ...members.flatMap(([key, member]) => places(member, [...place, key]))];
}

/** A copy of the tree in which something else stands at a place. */
function replaced(value: unknown, place: Place, other: unknown): unknown {
  const [key, ...rest] = place;
  if (key === undefined) return other;
  if (Array.isArray(value)) return value.map((entry, index) => (index === key ? replaced(entry, rest, other) : entry));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, name === key ? replaced(member, rest, other) : member]),
  );
}

/** A copy of the tree in which a member has another name. */
function renamed(value: unknown, place: Place, name: string): unknown {
  const [key, ...rest] = place;
  if (typeof value !== "object" || value === null || key === undefined) return value;
  if (Array.isArray(value)) return value.map((entry, index) => (index === key ? renamed(entry, rest, name) : entry));
  return Object.fromEntries(
    Object.entries(value).map(([old, member]) => {
      if (old !== key) return [old, member];
      return rest.length === 0 ? [name, member] : [old, renamed(member, rest, name)];
    }),
  );
}

/** The same with up to three members that were replaced, left without value, or misspelt. */
export const mutatedArgs: fc.Arbitrary<unknown> = fc
  .tuple(nearlyValidArgs, fc.array(fc.tuple(fc.nat(), mutation()), { maxLength: 3 }))
  .map(([args, mutations]) =>
    mutations.reduce<unknown>((tree, [number, mutate]) => {
      const all = places(tree);
      return mutate(tree, all[number % all.length] ?? []);
    }, args),
  );

function mutation(): fc.Arbitrary<(tree: unknown, place: Place) => unknown> {
  return fc.oneof(
    fc
      .oneof(
        from<unknown>(null, undefined, "", "x", 0, -1, 2.5, true, [], {}, "10.0.0.0", "*.Example.com"),
        fc.anything(),
      )
      .map((other) => (tree: unknown, place: Place) => replaced(tree, place, other)),
    from("nmae", "a.b", "x/y", "__proto__", "constructor", 'quo"ted', "", "0").map(
      (name) => (tree: unknown, place: Place) => renamed(tree, place, name),
    ),
  );
}

/** The same tree with the members of each block in another order. */
export function reordered(value: unknown, seed: number): unknown {
  if (Array.isArray(value)) return value.map((entry) => reordered(entry, seed));
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).map(([key, member]) => [key, reordered(member, seed + 1)] as const);
  const turned = seed % Math.max(members.length, 1);
  const rotated = [...members.slice(turned), ...members.slice(0, turned)];
  return Object.fromEntries(seed % 2 === 0 ? rotated : rotated.reverse());
}
