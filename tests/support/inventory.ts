import {
  type Inventory,
  type InstalledRelease,
  type LoadBalancer,
  configurationPaths,
} from "../../cli/adopt/inventory";
import { answered } from "../../cli/check/facts";
import type { KubernetesObject } from "../../cli/check/kubernetes-object";
import type { Node } from "../../cli/plan/graph";

interface Inputs {
  readonly [member: string]: unknown;
}

/** A release as Helm would have it after a plan. */
function releaseOf({ inputs }: Node): InstalledRelease {
  const { name, namespace, chart, version, values } = inputs as Record<string, string> & { readonly values?: Inputs };
  return {
    ...{ name: String(name), namespace: String(namespace), chart: String(chart), version: String(version) },
    ...{ revision: 1, status: "deployed", values: values ?? {} },
  };
}

const hostnameOf = (name: string) => `${name}.elb.example.com`;

/** An object as the cluster would have it after a plan, with the address of its load balancer. */
function objectOf({ inputs }: Node): KubernetesObject {
  const object = inputs as KubernetesObject;
  const { metadata } = object;
  const status = { loadBalancer: { ingress: [{ hostname: hostnameOf(metadata.name) }] } };
  const annotations = Object.fromEntries(
    Object.entries(metadata.annotations ?? {}).map(([key, value]) => [key, value]),
  );
  return { ...object, metadata: { ...metadata, annotations }, status };
}

function balancerOf(object: KubernetesObject, resources: readonly Node[]): LoadBalancer {
  const { name, annotations = {} } = object.metadata;
  const alb = object.kind === "Ingress";
  const prefix = alb ? "alb.ingress.kubernetes.io/" : "service.beta.kubernetes.io/aws-load-balancer-";
  const rules = resources
    .filter((one) => one.name.startsWith(`mesh-rule-${name}/`) && one.name.includes("-from-"))
    .map(({ inputs }) => inputs as Record<string, string | number>)
    .map(({ cidrIpv4, cidrIpv6, prefixListId, referencedSecurityGroupId, fromPort, toPort }) => ({
      peer: String(cidrIpv4 ?? cidrIpv6 ?? prefixListId ?? referencedSecurityGroupId),
      ...{ fromPort: Number(fromPort), toPort: Number(toPort) },
    }));
  return {
    name: annotations[`${prefix}${alb ? "load-balancer-name" : "name"}`] ?? `k8s-${name}`,
    hostname: hostnameOf(name),
    type: alb ? "application" : "network",
    scheme: String(annotations[`${prefix}scheme`]),
    ...{ securityGroupIds: ["sg-1"], rules, webAclArn: undefined },
  };
}

function configurationOf(objects: (kind: string) => readonly KubernetesObject[]) {
  const lists = Object.keys(configurationPaths).map((kind) => [kind, answered(objects(kind))] as const);
  return Object.fromEntries(lists) as Inventory["kubernetes"]["configuration"];
}

/** The cluster and the account as they are after a plan was carried out. */
export function inventoryOf(resources: readonly Node[]): Inventory {
  const ofKind = (kind: string) =>
    resources.filter(({ type }) => type.startsWith("kubernetes:") && type.endsWith(`:${kind}`));
  const objects = (kind: string) => ofKind(kind).map(objectOf);
  const releases = ofKind("Release").map(releaseOf);
  const entries = [
    ...objects("Service").filter((one) => (one["spec"] as Inputs)["type"] === "LoadBalancer"),
    ...objects("Ingress"),
  ];
  const labels = new Map<string, Record<string, string>>();
  for (const { metadata } of [...objects("Namespace"), ...objects("NamespacePatch")]) {
    labels.set(metadata.name, { ...labels.get(metadata.name), ...metadata.labels });
  }
  return {
    cluster: "prod",
    kubernetes: {
      istiods: answered(releases.filter(({ chart }) => chart === "istiod").map(istiodOf)),
      agents: answered(
        releases
          .filter(({ chart }) => ["cni", "ztunnel"].includes(chart))
          .map(({ name, namespace }) => ({
            kind: "DaemonSet",
            metadata: { name, namespace },
          })),
      ),
      releases: answered(releases),
      services: answered(objects("Service")),
      ingresses: answered(objects("Ingress")),
      namespaces: answered([...labels].map(([name, all]) => ({ kind: "Namespace", metadata: { name, labels: all } }))),
      meshConfigs: answered([]),
      tagWebhooks: answered(releases.filter(({ chart }) => chart === "istiod").flatMap(tagsOf)),
      peerAuthentications: answered(objects("PeerAuthentication")),
      gateways: answered(objects("Gateway")),
      authorities: answered(releases.filter(({ values }) => JSON.stringify(values).includes("cacerts")).map(secretOf)),
      configuration: configurationOf(objects),
    },
    aws: {
      ...{ autoMode: answered(false), vpcRanges: answered(["10.0.0.0/16"]) },
      balancers: answered(entries.map((entry) => balancerOf(entry, resources))),
      records: answered(
        resources
          .filter(({ type }) => type === "aws:route53/record:Record")
          .map(({ inputs }) => inputs as { name: string; type: string; zoneId: string; aliases: { name: string }[] })
          .map(({ name, type, zoneId, aliases }) => ({
            ...{ zoneId, zoneName: "example.com", name, type, plainAlias: true, externalDns: false },
            target: hostnameOf(String(/<mesh-(?:service|ingress)-(.*)\.status/.exec(String(aliases[0]?.name))?.[1])),
          })),
      ),
    },
  };
}

/** The Secret in the pods of istiod, which somebody else makes. */
function secretOf({ namespace }: InstalledRelease): KubernetesObject {
  return { metadata: { name: "cacerts", namespace } };
}

function revisionOf({ values }: InstalledRelease): string {
  return typeof values["revision"] === "string" ? values["revision"] : "default";
}

function istiodOf(release: InstalledRelease): KubernetesObject {
  const { hub } = (release.values["global"] ?? {}) as Inputs;
  const image = `${String(hub ?? "docker.io/istio")}/pilot:${release.version}`;
  return {
    kind: "Deployment",
    metadata: {
      name: release.name,
      namespace: release.namespace,
      labels: { app: "istiod", "istio.io/rev": revisionOf(release) },
    },
    spec: { template: { spec: { containers: [{ name: "discovery", image }] } } },
  };
}

function tagsOf(release: InstalledRelease): readonly KubernetesObject[] {
  const tags = (release.values["revisionTags"] ?? []) as readonly string[];
  return tags.map((tag) => ({
    metadata: {
      name: `istio-revision-tag-${tag}`,
      labels: { "istio.io/tag": tag, "istio.io/rev": revisionOf(release) },
    },
  }));
}
