import {
  type ConfigurationKind,
  type Inventory,
  type InstalledRelease,
  type LoadBalancer,
  configurationPaths,
} from "../../cli/adopt/inventory";
import { answered, type QueryResult } from "../../cli/check/facts";
import type { KubernetesObject } from "../../cli/check/kubernetes-object";

/** What the Helm CLI leaves as in Istio's documentation: base, istiod, and a gateway whose Service has an NLB. */

export const release = (chart: string, name: string, rest: Partial<InstalledRelease> = {}): InstalledRelease => ({
  ...{ name, chart, namespace: "istio-system", version: "1.30.4", revision: 3, status: "deployed", values: {} },
  ...rest,
});

export function istiod(
  rest: Partial<KubernetesObject["metadata"]> = {},
  image = "docker.io/istio/pilot:1.30.4-distroless",
): KubernetesObject {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: {
      name: "istiod",
      namespace: "istio-system",
      labels: { app: "istiod", "istio.io/rev": "default" },
      ...rest,
    },
    spec: { template: { spec: { containers: [{ name: "discovery", image }] } } },
  };
}

export const hostname = "k8s-istioing-0123456789.elb.eu-central-1.amazonaws.com";
const lb = "service.beta.kubernetes.io/aws-load-balancer-";

export function gatewayService(
  annotations: Readonly<Record<string, string>> = {},
  spec: object = {},
): KubernetesObject {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: {
      name: "istio-ingress",
      namespace: "istio-ingress",
      annotations: {
        ...{ "meta.helm.sh/release-name": "istio-ingress", "meta.helm.sh/release-namespace": "istio-ingress" },
        [`${lb}nlb-target-type`]: "ip",
        ...annotations,
      },
    },
    spec: {
      ...{ type: "LoadBalancer", loadBalancerClass: "service.k8s.aws/nlb" },
      selector: { app: "istio-ingress", istio: "ingress" },
      ports: [
        { name: "status-port", port: 15021 },
        { name: "http2", port: 80 },
        { name: "https", port: 443 },
      ],
      ...spec,
    },
    status: { loadBalancer: { ingress: [{ hostname }] } },
  };
}

export const balancer: LoadBalancer = {
  ...{ name: "k8s-istioing-0123456789", hostname, type: "network", scheme: "internal", webAclArn: undefined },
  ...{ securityGroupIds: ["sg-1"], rules: [{ peer: "10.0.0.0/16", fromPort: 80, toPort: 80 }] },
};

export const gatewayRelease = release("gateway", "istio-ingress", { namespace: "istio-ingress" });

type Lists = Omit<Inventory["kubernetes"], "configuration">;
type Objects = readonly unknown[] | QueryResult<never>;

export type Parts = { readonly [K in keyof Lists]?: Objects } & {
  readonly configuration?: { readonly [K in ConfigurationKind]?: Objects };
} & {
  readonly [K in keyof Inventory["aws"]]?: unknown;
};

function configuration(given: Parts["configuration"] = {}): Inventory["kubernetes"]["configuration"] {
  const lists = Object.keys(configurationPaths).map((kind) => {
    const part = given[kind as ConfigurationKind] ?? [];
    return [kind, "known" in part ? part : answered(part)] as const;
  });
  return Object.fromEntries(lists) as Inventory["kubernetes"]["configuration"];
}

/** The cluster of Istio's documentation, with some answers in place of its own. */
export function helmCluster(parts: Parts = {}): Inventory {
  const as = <Answer>(key: keyof Parts, otherwise: unknown): QueryResult<Answer> => {
    const part = parts[key] ?? otherwise;
    const asked = typeof part === "object" && part !== null && "known" in part;
    return asked ? (part as QueryResult<Answer>) : answered(part as Answer);
  };
  return {
    cluster: "prod",
    kubernetes: {
      istiods: as("istiods", [istiod()]),
      agents: as("agents", []),
      releases: as("releases", [release("base", "istio-base"), release("istiod", "istiod"), gatewayRelease]),
      services: as("services", [gatewayService()]),
      ingresses: as("ingresses", []),
      namespaces: as("namespaces", []),
      meshConfigs: as("meshConfigs", []),
      tagWebhooks: as("tagWebhooks", []),
      peerAuthentications: as("peerAuthentications", []),
      gateways: as("gateways", []),
      authorities: as("authorities", []),
      configuration: configuration(parts.configuration),
    },
    aws: {
      autoMode: as("autoMode", false),
      vpcRanges: as("vpcRanges", ["10.0.0.0/16"]),
      balancers: as("balancers", [balancer]),
      records: as("records", []),
    },
  };
}
