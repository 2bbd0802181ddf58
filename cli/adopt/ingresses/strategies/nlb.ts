import { nlbAnnotationRules } from "../../../../components/ingress/strategies/nlb/nlb-annotations";
import { nlbClass } from "../../../../components/ingress/strategies/load-balancer-controller";
import { at, listAt, textAt } from "../../../check/kubernetes-object";
import { drainIn, furtherAnnotations, healthCheckArgs, listIn, pairsIn, rest, subnetsIn } from "../annotations";
import { clientArgs } from "../client-args";
import { balancerOf, type EntryPoint, gatewayNameLabel, gatewaysIn, selectorOf } from "../entry-points";
import type { BalancerArgs, BalancerContext, Strategy } from "./strategy";
import { compact, type Tree } from "../../trees";

const lb = "service.beta.kubernetes.io/aws-load-balancer-";
const crossZone = "load_balancing.cross_zone.enabled";
const targetGroupMembers = [
  ...["proxy_protocol_v2.enabled", "preserve_client_ip.enabled"],
  ...["deregistration_delay.timeout_seconds", "deregistration_delay.connection_termination.enabled"],
];

/** A Service of type LoadBalancer. */
export const nlb: Strategy = {
  prefix: lb,
  entryPoints: ({ services, balancers }) =>
    gatewaysIn(services)
      .filter((service) => textAt(service, "spec", "type") === "LoadBalancer")
      .map((service) => ({ strategy: "nlb", object: service, service, balancer: balancerOf(service, balancers) })),
  read,
  obstacles: (entry, controller) => obstacles(entry, nlbClass[controller]),
  // It knows neither hosts nor paths, and what it leads to is itself.
  hosts: () => [],
  redirects: () => false,
  changesService: () => false,
};

function read(entry: EntryPoint, { scheme, vpcRanges, dns }: BalancerContext): BalancerArgs {
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

/** Source: kubernetes ValidateServiceUpdate; aws-load-balancer-controller pkg/service/model_build_load_balancer.go */
function obstacles({ object, balancer }: EntryPoint, wanted: string): readonly string[] {
  const given = textAt(object, "spec", "loadBalancerClass");
  const gateway = selectorOf(object)[gatewayNameLabel];
  return [
    ...(given === wanted
      ? []
      : [
          `its spec.loadBalancerClass is ${given === "" ? "not set" : given}, the mesh needs ${wanted}, and Kubernetes refuses ` +
            "to change it",
        ]),
    ...(gateway === undefined || gateway === object.metadata.name
      ? []
      : [`istiod makes it for the Gateway ${gateway}, and would change it back`]),
    ...(balancer?.securityGroupIds.length === 0
      ? ["the NLB was made without security groups, and AWS adds none to such a one"]
      : []),
  ];
}
