import { ingressClassAnnotation } from "../../../../components/ingress/strategies/load-balancer-controller";
import {
  albAnnotationRules,
  albOwnedAttributes,
  albOwnedTargetGroupAttributes,
} from "../../../../components/ingress/strategies/alb/alb-annotations";
import { at, type KubernetesObject, listAt, textAt } from "../../../check/kubernetes-object";
import {
  type Annotations,
  drainIn,
  furtherAnnotations,
  healthCheckArgs,
  listIn,
  numberIn,
  pairsIn,
  rest,
  subnetsIn,
} from "../annotations";
import { clientArgs } from "../client-args";
import { balancerOf, type EntryPoint, type EntryPointFacts, gatewaysIn } from "../entry-points";
import type { BalancerArgs, BalancerContext, Strategy } from "./strategy";
import { compact, type Tree } from "../../trees";

const lb = "alb.ingress.kubernetes.io/";

/** An Ingress of the controller's class. */
export const alb: Strategy = {
  prefix: lb,
  entryPoints,
  read,
  obstacles,
  hosts: hostsOf,
  redirects,
  changesService: ({ object, service }) =>
    service.metadata.name !== object.metadata.name || textAt(service, "spec", "type") !== "NodePort",
};

/** An Ingress is one if it leads to a Service that selects gateway pods. */
function entryPoints({ services, ingresses, balancers }: EntryPointFacts): readonly EntryPoint[] {
  const gateways = gatewaysIn(services);
  return ingresses.filter(isAlb).flatMap((object) => {
    const names = backendsOf(object);
    const service = gateways.find(
      ({ metadata }) => names.includes(metadata.name) && metadata.namespace === object.metadata.namespace,
    );
    if (service === undefined) return [];
    return [{ strategy: "alb" as const, object, service, balancer: balancerOf(object, balancers) }];
  });
}

function read(entry: EntryPoint, { scheme, vpcRanges, dns }: BalancerContext): BalancerArgs {
  const { annotations = {} } = entry.object.metadata;
  const attributes = pairsIn(annotations[`${lb}load-balancer-attributes`]);
  const group = pairsIn(annotations[`${lb}target-group-attributes`]);
  const clients = { scheme, vpcRanges, ranges: `${lb}inbound-cidrs`, prefixLists: `${lb}security-group-prefix-lists` };
  return {
    args: {
      ...clientArgs(entry, clients),
      ipAddressType: annotations[`${lb}ip-address-type`] === "dualstack" ? "dualstack" : undefined,
      subnetIds: subnetsIn(annotations[`${lb}subnets`]),
      healthCheck: healthCheckArgs(annotations, healthCheck),
      alb: albMembers(entry, attributes),
      annotations: {
        ...furtherAnnotations(withoutActions(annotations), { ...albAnnotationRules, owned, dns }),
        ...compact({ [`${lb}load-balancer-attributes`]: rest(attributes, Object.keys(albOwnedAttributes)) }),
        ...compact({ [`${lb}target-group-attributes`]: rest(group, Object.keys(albOwnedTargetGroupAttributes)) }),
      },
    },
    certificates: listIn(annotations[`${lb}certificate-arn`]),
    tlsPolicy: annotations[`${lb}ssl-policy`],
    drainSeconds: drainIn(group),
    tags: pairsIn(annotations[`${lb}tags`]),
  };
}

/** The mesh's Ingress has no backend that names an action; a redirect to HTTPS is a member, and the rest are routes. */
function withoutActions(annotations: Annotations): Annotations {
  return Object.fromEntries(Object.entries(annotations).filter(([key]) => !key.startsWith(`${lb}actions.`)));
}

/** The mesh writes these itself, or has members for them. */
const owned = {
  ...albAnnotationRules.owned,
  ...Object.fromEntries(["load-balancer-attributes", "target-group-attributes"].map((end) => [end, ""])),
};

const healthCheck = [
  ...["healthy-threshold-count", "unhealthy-threshold-count"],
  ...["healthcheck-timeout-seconds", "healthcheck-interval-seconds"],
].map((end) => `${lb}${end}`);

/** The name is the one that AWS has: the mesh's default, or none, would be another load balancer. */
function albMembers({ object, balancer }: EntryPoint, attributes: Readonly<Record<string, string>>): Tree {
  const { annotations = {} } = object.metadata;
  const logs = attributes["access_logs.s3.enabled"] === "true" ? attributes["access_logs.s3.bucket"] : undefined;
  return {
    name: balancer?.name,
    groupName: annotations[`${lb}group.name`],
    webAclArn: annotations[`${lb}wafv2-acl-arn`] ?? balancer?.webAclArn,
    idleTimeoutSeconds: numberIn(attributes["idle_timeout.timeout_seconds"]),
    accessLogsBucket: logs,
    backendProtocol: annotations[`${lb}backend-protocol`] === "HTTPS" ? "HTTPS" : undefined,
  };
}

/** Hosts of the rules. */
function hostsOf(ingress: KubernetesObject): readonly string[] {
  const hosts = listAt(ingress, "spec", "rules").map((rule) => textAt(rule, "host"));
  return [...new Set(hosts)].filter((host) => host !== "");
}

/** Whether the ALB sends plain HTTP to HTTPS by itself. */
function redirects(ingress: KubernetesObject): boolean {
  const { annotations = {} } = ingress.metadata;
  const actions = Object.entries(annotations).filter(([key]) => key.startsWith(`${lb}actions.`));
  return annotations[`${lb}ssl-redirect`] !== undefined || actions.some(([, action]) => /"HTTPS"/.test(action));
}

/** The class of an Ingress, new way or old. */
function classOf(ingress: KubernetesObject): string {
  const name = textAt(ingress, "spec", "ingressClassName");
  return name === "" ? (ingress.metadata.annotations?.[ingressClassAnnotation] ?? "") : name;
}

function isAlb(ingress: KubernetesObject): boolean {
  return /alb/.test(classOf(ingress));
}

/** Names of the Services that an Ingress leads to. */
function backendsOf(ingress: KubernetesObject): readonly string[] {
  const rules = listAt(ingress, "spec", "rules").flatMap((rule) => listAt(rule, "http", "paths"));
  const backends = [at(ingress, "spec", "defaultBackend"), ...rules.map((path) => at(path, "backend"))];
  // Actions of the controller, such as a redirect, stand in the place of a Service.
  const services = backends
    .filter((backend) => textAt(backend, "service", "port", "name") !== "use-annotation")
    .map((backend) => textAt(backend, "service", "name"));
  return [...new Set(services)].filter((name) => name !== "");
}

function obstacles({ object }: EntryPoint): readonly string[] {
  const backends = backendsOf(object);
  const paths = listAt(object, "spec", "rules")
    .flatMap((rule) => listAt(rule, "http", "paths"))
    .map((path) => textAt(path, "path"));
  const className = classOf(object);
  return [
    ...(className === "alb"
      ? []
      : [`its class is ${className}, and the mesh writes alb: another class is another load balancer`]),
    ...(backends.length > 1 ? [`it leads to several Services: ${backends.join(", ")}`] : []),
    ...(paths.every((path) => ["", "/", "/*"].includes(path))
      ? []
      : [`it has rules for paths: ${paths.join(", ")}; the mesh leads every path to the gateway`]),
  ];
}
