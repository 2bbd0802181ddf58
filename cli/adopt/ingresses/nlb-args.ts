import { nlbAnnotationRules } from "../../../components/ingress/strategies/nlb/nlb-annotations";
import { at, listAt, textAt } from "../../check/kubernetes-object";
import { furtherAnnotations, healthCheckArgs, listIn, pairsIn, pairsText } from "./annotations";
import { clientArgs } from "./client-args";
import type { EntryPoint } from "./entry-points";
import { compact, type Tree } from "../trees";

const lb = "service.beta.kubernetes.io/aws-load-balancer-";
const crossZone = "load_balancing.cross_zone.enabled";
const targetGroupMembers = [
  ...["proxy_protocol_v2.enabled", "preserve_client_ip.enabled"],
  ...["deregistration_delay.timeout_seconds", "deregistration_delay.connection_termination.enabled"],
];

/** What a strategy reads of an object and its load balancer. */
export interface BalancerArgs {
  /** Members of the ingress. */
  readonly args: Tree;
  readonly certificates: readonly string[];
  readonly tlsPolicy: string | undefined;
  readonly drainSeconds: number | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

export interface BalancerContext {
  readonly scheme: string;
  readonly vpcRanges: readonly string[];
  readonly dns: boolean;
}

/** Reads the Service of a Network Load Balancer. */
export function nlbArgs(entry: EntryPoint, { scheme, vpcRanges, dns }: BalancerContext): BalancerArgs {
  const { annotations = {} } = entry.object.metadata;
  const attributes = pairsIn(annotations[`${lb}attributes`]);
  const group = pairsIn(annotations[`${lb}target-group-attributes`]);
  const certificates = listIn(annotations[`${lb}ssl-cert`]);
  const clients = { scheme, vpcRanges, ranges: "service.beta.kubernetes.io/load-balancer-source-ranges" };
  return {
    args: {
      ...clientArgs(entry, { ...clients, prefixLists: `${lb}security-group-prefix-lists` }),
      ipAddressType: annotations[`${lb}ip-address-type`] === "dualstack" ? "dualstack" : undefined,
      subnetIds: subnetsIn(annotations[`${lb}subnets`]),
      healthCheck: healthCheckArgs(annotations, healthCheck),
      nlb: nlbMembers(entry, attributes, group),
      annotations: {
        ...furtherAnnotations(annotations, { ...nlbAnnotationRules, owned: owned(certificates), dns }),
        ...compact({ [`${lb}attributes`]: rest(attributes, [crossZone]) }),
        ...compact({ [`${lb}target-group-attributes`]: rest(group, targetGroupMembers) }),
      },
    },
    certificates,
    tlsPolicy: annotations[`${lb}ssl-negotiation-policy`],
    drainSeconds: drainIn(group),
    tags: pairsIn(annotations[`${lb}additional-resource-tags`]),
  };
}

const healthCheck = ["healthy-threshold", "unhealthy-threshold", "timeout", "interval"].map(
  (end) => `${lb}healthcheck-${end}`,
);

/** With a certificate the mesh chooses HTTP/2 by itself. */
function owned(certificates: readonly string[]): Readonly<Record<string, string>> {
  const further = ["aws-load-balancer-attributes", "aws-load-balancer-target-group-attributes"];
  const all = certificates.length > 0 ? [...further, "aws-load-balancer-alpn-policy"] : further;
  return { ...nlbAnnotationRules.owned, ...Object.fromEntries(all.map((end) => [end, ""])) };
}

function nlbMembers({ object, balancer }: EntryPoint, attributes: Tree, group: Tree): Tree {
  const { annotations = {} } = object.metadata;
  const old = annotations[`${lb}cross-zone-load-balancing-enabled`];
  const instance = annotations[`${lb}type`] !== "nlb-ip" && annotations[`${lb}nlb-target-type`] !== "ip";
  const eips = listIn(annotations[`${lb}eip-allocations`]);
  const preserve = group["preserve_client_ip.enabled"];
  return {
    crossZone: attributes[crossZone] === "true" || old === "true" ? undefined : false,
    targetType: instance ? "instance" : undefined,
    proxyProtocol:
      group["proxy_protocol_v2.enabled"] === "true" || annotations[`${lb}proxy-protocol`] === "*" ? true : undefined,
    preserveClientIp: preserve === undefined ? undefined : preserve === "true",
    eipAllocationIds: eips.length === 0 ? undefined : eips,
    name: annotations[`${lb}name`] === undefined ? undefined : balancer?.name,
    ports: furtherPorts(object, listIn(annotations[`${lb}ssl-ports`])),
  };
}

/** 80 and 443 the mesh opens by itself, and the status port for instance targets. */
function furtherPorts(service: unknown, tlsPorts: readonly string[]): Tree {
  const ports = listAt(service, "spec", "ports").filter((one) => ![80, 443, 15021].includes(Number(at(one, "port"))));
  return Object.fromEntries(
    ports.map((one) => {
      const [name, port] = [textAt(one, "name"), at(one, "port")];
      const tls = tlsPorts.includes(String(port)) || tlsPorts.includes(name);
      return [name, { port, targetPort: at(one, "targetPort"), protocol: tls ? "TLS" : "TCP" }];
    }),
  );
}

/** Attributes without those that members set. */
export function rest(attributes: Readonly<Record<string, string>>, members: readonly string[]): string | undefined {
  return pairsText(Object.fromEntries(Object.entries(attributes).filter(([key]) => !members.includes(key))));
}

/** Ids of subnets; the controller also takes names, which the mesh does not. */
export function subnetsIn(text: string | undefined): readonly string[] | undefined {
  const ids = listIn(text).filter((id) => id.startsWith("subnet-"));
  return ids.length === 0 ? undefined : ids;
}

export function drainIn(group: Readonly<Record<string, string>>): number | undefined {
  const text = group["deregistration_delay.timeout_seconds"];
  return text === undefined ? undefined : Number(text);
}
