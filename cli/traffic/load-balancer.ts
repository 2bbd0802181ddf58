import { listOf, memberAt, type Members, membersOf, parsedJson, textOf } from "../members";
import type { Recorded } from "../plan/recording";

/** The load balancer that a controller creates from a Service or an Ingress. */
export interface LoadBalancer {
  readonly type: "ALB" | "NLB";
  /** Logical name of the Service or Ingress. */
  readonly resource: string;
  /** Its name in AWS; none: the controller chooses one. */
  readonly name: string | undefined;
  readonly scheme: string;
  readonly listeners: readonly Listener[];
  /** ARNs of its certificates, or domains in their place. */
  readonly certificates: readonly string[];
  /** ARN of its web ACL. */
  readonly webAcl: string | undefined;
  readonly securityGroups: readonly string[];
  /** The hosts that it takes requests for; empty: every host. */
  readonly hosts: readonly string[];
  /** The Service that leads to the gateway's pods. */
  readonly service: { readonly name: string; readonly namespace: string };
  /** It starts TLS anew towards the gateway. */
  readonly reencrypts: boolean;
}

export interface Listener {
  readonly port: number;
  /** TLS of the client ends here. */
  readonly tls: boolean;
}

const nlb = "service.beta.kubernetes.io/aws-load-balancer-";
const alb = "alb.ingress.kubernetes.io/";

/** The load balancer of a Service or Ingress; none: the resource carries none. */
export function loadBalancerOf({ name, type, inputs }: Recorded): LoadBalancer | undefined {
  const { metadata, spec } = membersOf(inputs);
  if (type === "kubernetes:networking.k8s.io/v1:Ingress") return ofIngress(name, membersOf(metadata), membersOf(spec));
  const carried = type === "kubernetes:core/v1:Service" && memberAt(spec, "type") === "LoadBalancer";
  return carried ? ofService(name, membersOf(metadata), membersOf(spec)) : undefined;
}

function ofService(resource: string, metadata: Members, spec: Members): LoadBalancer {
  const annotations = membersOf(metadata["annotations"]);
  const certificates = textsOf(annotations[`${nlb}ssl-cert`]);
  const tlsPorts = textsOf(annotations[`${nlb}ssl-ports`]);
  const ends = (port: Members) =>
    certificates.length > 0 &&
    (tlsPorts.length === 0 || [textOf(port["port"]), port["name"], "*"].some((one) => tlsPorts.includes(String(one))));
  return {
    ...{ type: "NLB", resource, certificates, webAcl: undefined, hosts: [], reencrypts: false },
    name: optional(annotations[`${nlb}name`]),
    scheme: schemeOf(annotations[`${nlb}scheme`]),
    listeners: listOf(spec["ports"]).map((port) => ({
      port: Number(memberAt(port, "port")),
      tls: ends(membersOf(port)),
    })),
    securityGroups: textsOf(annotations[`${nlb}security-groups`]),
    service: { name: textOf(metadata["name"]), namespace: textOf(metadata["namespace"]) },
  };
}

function ofIngress(resource: string, metadata: Members, spec: Members): LoadBalancer {
  const annotations = membersOf(metadata["annotations"]);
  const rules = listOf(spec["rules"]);
  const backends = [
    memberAt(spec, "defaultBackend", "service", "name"),
    ...rules.map((rule) => memberAt(listOf(memberAt(rule, "http", "paths"))[0], "backend", "service", "name")),
  ];
  return {
    ...{ type: "ALB", resource },
    name: optional(annotations[`${alb}load-balancer-name`]),
    scheme: schemeOf(annotations[`${alb}scheme`]),
    listeners: listOf(parsedJson(annotations[`${alb}listen-ports`])).flatMap((one) =>
      Object.entries(membersOf(one)).map(([protocol, port]) => ({ port: Number(port), tls: protocol === "HTTPS" })),
    ),
    certificates: textsOf(annotations[`${alb}certificate-arn`]),
    webAcl: optional(annotations[`${alb}wafv2-acl-arn`]),
    securityGroups: textsOf(annotations[`${alb}security-groups`]),
    hosts: rules.map((rule) => memberAt(rule, "host")).filter((host) => typeof host === "string"),
    service: {
      name: textOf(backends.find((one) => one !== undefined)),
      namespace: textOf(metadata["namespace"]),
    },
    reencrypts: annotations[`${alb}backend-protocol`] === "HTTPS",
  };
}

/** What AWS makes where nothing is written is internal. */
function schemeOf(annotation: unknown): string {
  return optional(annotation) ?? "internal";
}

function optional(value: unknown): string | undefined {
  return value === undefined ? undefined : textOf(value);
}

function textsOf(value: unknown): readonly string[] {
  return value === undefined ? [] : textOf(value).split(",");
}

/** A load balancer in a few words: scheme, hosts, certificates, web ACL. */
export function loadBalancerText({ type, scheme, listeners, certificates, webAcl, hosts }: LoadBalancer): string {
  return [
    `${scheme} ${type} on ${listeners.map(({ port }) => port).join(", ")}`,
    ...(hosts.length === 0 ? [] : [`hosts ${hosts.join(", ")}`]),
    ...certificates.map((one) => `certificate ${lastPart(one)}`),
    ...(webAcl === undefined ? [] : [`web ACL ${webAclName(webAcl)}`]),
  ].join(", ");
}

/** The part of an ARN that is unique among its kind; of one that is not known yet, what it will be the ARN of. */
export function lastPart(arn: string): string {
  const created = /^<(.+)\.arn>$/.exec(arn)?.[1];
  if (created !== undefined) return created;
  return arn.startsWith("arn:") ? arn.slice(arn.lastIndexOf("/") + 1) : arn;
}

/** `arn:…:regional/webacl/<name>/<id>`. */
export function webAclName(arn: string): string {
  return /\/webacl\/([^/]+)\//.exec(arn)?.[1] ?? arn;
}
