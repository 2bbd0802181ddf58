import assert from "node:assert/strict";
import type { IstioMeshArgs } from "../../components";
import { resolveIstioMesh } from "../../components/mesh/resolve-mesh-args";
import type { ClusterFacts } from "../../components/plan/facts";
import type { IngressContext } from "../../components/plan/ingress";
import type {
  AlbSettings,
  IngressSettings,
  NlbSettings,
  RouteSettings,
  TlsSettings,
} from "../../components/plan/ingress-settings";
import type { Problem } from "../../components/plan/problem";
import type { RouteMatchSettings, RoutePolicySettings } from "../../components/plan/route-settings";
import type { NamespaceSecuritySettings, SecuritySettings } from "../../components/plan/security-settings";
import type { GatewaySettings } from "../../components/plan/gateway-settings";
import type {
  ClusterSettings,
  ControlPlaneSettings,
  EgressSettings,
  MeshSettings,
  RevisionSettings,
} from "../../components/plan/settings";
import type { TrafficSettings } from "../../components/plan/traffic-settings";

// Settings of each kind that are plain enough for a test to change one member of them.

export const unrevisioned: RevisionSettings = { version: "1.31.1", revision: "", tags: [] };

export function controlPlane(changes: Partial<ControlPlaneSettings> = {}): ControlPlaneSettings {
  return {
    profile: "default",
    main: unrevisioned,
    canary: undefined,
    namespace: "istio-system",
    ...{ createNamespace: undefined, namespaceLabels: {} },
    repository: "https://charts.example.com",
    hub: "docker.io/istio",
    meshConfig: {},
    values: { base: {}, istiod: {}, cni: {}, ztunnel: {}, gateway: {} },
    sidecarCni: false,
    minReplicas: 2,
    maxReplicas: 5,
    resources: undefined,
    priorityClassName: "system-cluster-critical",
    nodeSelector: {},
    tolerations: [],
    ...changes,
  };
}

export function security(changes: Partial<SecuritySettings> = {}): SecuritySettings {
  return {
    mtls: undefined,
    minimumTlsVersion: undefined,
    trustDomain: "cluster.local",
    ownTrustDomain: false,
    rootNamespace: "istio-system",
    defaultDeny: false,
    networkPolicies: false,
    nodeRules: "auto",
    certificateAuthority: undefined,
    namespaces: [],
    ...changes,
  };
}

export function namespaceSecurity(changes: Partial<NamespaceSecuritySettings> = {}): NamespaceSecuritySettings {
  return {
    name: "shop",
    dataplane: "sidecar",
    waypoint: undefined,
    mtls: "permissive",
    plaintextPorts: [],
    networkPolicies: false,
    allowedPeers: [],
    ...changes,
  };
}

/** What a route does that says nothing but where it leads. */
export const plainPolicy: RoutePolicySettings = {
  timeoutSeconds: undefined,
  retries: undefined,
  mirror: undefined,
  fault: undefined,
  rewritePath: undefined,
  requestHeaders: undefined,
  responseHeaders: undefined,
  redirect: undefined,
  cors: undefined,
};

export const anyRequest: RouteMatchSettings = { pathType: "prefix", methods: [], headers: {}, queryParams: {} };

export function route(changes: Partial<RouteSettings> = {}): RouteSettings {
  return {
    ...{ host: "app.example.com", path: "/", match: anyRequest, policy: plainPolicy, namespace: "shop" },
    destinations: [{ service: "web", namespace: "shop", port: 8080, weight: 100 }],
    ...changes,
  };
}

export function gateway(changes: Partial<GatewaySettings> = {}): GatewaySettings {
  return {
    name: "istio-ingress",
    namespace: "istio-ingress",
    routing: "istio",
    createdBy: "chart",
    service: "ours",
    labels: {},
    selector: { app: "istio-ingress", istio: "ingress" },
    minReplicas: 2,
    maxReplicas: 5,
    resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { cpu: "1000m", memory: "1024Mi" } },
    ...{ nodeSelector: {}, tolerations: [], affinity: undefined },
    ...{ createNamespace: undefined, namespaceLabels: {} },
    drainSeconds: 60,
    annotations: {},
    trustedProxies: 0,
    ...changes,
  };
}

export function nlb(changes: Partial<NlbSettings> = {}): NlbSettings {
  return {
    kind: "nlb",
    crossZone: true,
    targetType: "ip",
    proxyProtocol: false,
    preserveClientIp: undefined,
    eipAllocationIds: [],
    name: undefined,
    ports: [],
    ...changes,
  };
}

export function alb(changes: Partial<AlbSettings> = {}): AlbSettings {
  return {
    kind: "alb",
    name: { afterCluster: "istio-ingress" },
    webAclArn: undefined,
    rateLimitPer5Minutes: undefined,
    groupName: undefined,
    idleTimeoutSeconds: undefined,
    accessLogsBucket: undefined,
    backendProtocol: "HTTP",
    ...changes,
  };
}

export const noTls: TlsSettings = {
  certificate: undefined,
  moreCertificates: [],
  secretName: undefined,
  policy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
  redirectHttp: false,
};
export const arn = "arn:aws:acm:eu-central-1:123456789012:certificate/0f1e2d3c";
/** TLS that ends at the load balancer. */
export const tlsAtBalancer: TlsSettings = { ...noTls, certificate: { kind: "arn", arn }, redirectHttp: true };
/** TLS that ends in the gateway. */
export const tlsInGateway: TlsSettings = { ...noTls, secretName: "shop-tls", redirectHttp: true };

export function ingress(changes: Partial<IngressSettings> = {}): IngressSettings {
  return {
    name: "istio-ingress",
    gateway: "istio-ingress",
    service: "istio-ingress",
    strategy: nlb(),
    scheme: "internal",
    ipAddressType: "ipv4",
    hostnames: [],
    dns: undefined,
    tls: noTls,
    clients: [{ kind: "vpc" }],
    subnetIds: [],
    healthCheck: { healthyThreshold: 3, unhealthyThreshold: 4, timeoutSeconds: 5, intervalSeconds: 10 },
    annotations: {},
    routes: [],
    rateLimit: undefined,
    ...changes,
  };
}

export function context(changes: Partial<IngressContext> = {}): IngressContext {
  return {
    ingress: ingress(),
    gateway: gateway(),
    controller: "aws-load-balancer-controller",
    tags: {},
    sharedPorts: [],
    after: [],
    ...changes,
  };
}

export function traffic(changes: Partial<TrafficSettings> = {}): TrafficSettings {
  return {
    ...{ retries: undefined, outlierDetection: undefined, connectionPool: undefined, locality: undefined },
    ...{ tcpKeepalive: undefined, scope: "mesh", hasDefaultPolicy: true },
    ...changes,
  };
}

export function egress(changes: Partial<EgressSettings> = {}): EgressSettings {
  return {
    policy: undefined,
    hosts: [],
    gateway: undefined,
    namespace: undefined,
    awsCredentials: undefined,
    ...changes,
  };
}

export function clusterSettings(changes: Partial<ClusterSettings> = {}): ClusterSettings {
  return {
    source: { kind: "named", name: "prod" },
    kubeconfig: undefined,
    roleArn: undefined,
    profile: undefined,
    securityGroupId: undefined,
    nodeSecurityGroupIds: [],
    addPulumiNodeGroup: false,
    vpcId: undefined,
    ipFamily: "ipv4",
    subnetIds: [],
    ...changes,
  };
}

export const clusterFacts: ClusterFacts = {
  name: "prod",
  identifier: () => "arn:aws:eks:eu-central-1:123456789012:cluster/prod",
  region: () => "eu-central-1",
  stsHost: () => "sts.eu-central-1.amazonaws.com",
  vpcId: () => "vpc-1",
  vpcCidr: () => "10.0.0.0/16",
  vpcSecondaryCidrs: () => [],
  vpcIpv6Cidr: () => "2001:db8:1234:1a00::/56",
  vpcSecondaryIpv6Cidrs: () => [],
  securityGroupId: () => "sg-cluster",
  nodeGroups: () => [{ securityGroupId: "sg-cluster", reachedByControlPlane: true }],
  aws: () => ({ profile: "", roleArn: "" }),
  kubeconfig: () => "kubeconfig of prod",
  apiServer: () => ({ endpoint: "https://EXAMPLE.eks.amazonaws.com", certificateAuthority: "ZXhhbXBsZQ==" }),
};

/** The settings that arguments without problem resolve to. */
export function settingsOf(args: Partial<IstioMeshArgs> = {}, region?: string): MeshSettings {
  return settingsFrom({ mode: "sidecar", cluster: { name: "prod" }, ...args }, region);
}

/** The same from arguments of any source, such as a stack file. */
export function settingsFrom(args: unknown, region?: string): MeshSettings {
  const { settings, problems } = resolveIstioMesh(args, region);
  assert.deepEqual(problems, []);
  assert.ok(settings !== undefined);
  return settings;
}

/** The places of problems, in their order. */
export function placesOf({ problems }: { readonly problems: readonly Problem[] }): readonly string[] {
  return problems.map(({ path }) => path);
}

/** The only problem there is. */
export function onlyProblem({ problems }: { readonly problems: readonly Problem[] }): Problem {
  const [first] = problems;
  assert.equal(problems.length, 1, JSON.stringify(problems, null, 2));
  assert.ok(first);
  return first;
}
