import type { IngressContext } from "../../../plan/ingress";
import type { IngressFacts } from "../../../plan/facts";
import type { IngressSettings, NlbSettings } from "../../../plan/ingress-settings";
import type { AnnotationValue } from "../../../plan/input-value";
import type { GatewaySettings } from "../../../plan/gateway-settings";
import { LoadBalancerController, NlbTargetType } from "../../../plan/enums";
import type { AnnotationRules } from "../annotations-check";
import { joinAttributes } from "../attributes";
import { connectionTermination, deregistrationDelay, drainAttributes } from "../drain-attributes";
import { serviceAnnotationPattern, serviceAnnotations, servicePrefix } from "../load-balancer-controller";
import { commaSeparated, tagsText, withMore } from "../interpolation";
import { writtenAnnotations } from "../annotations";
import { planNlbTlsPorts, statusPort } from "./nlb-ports";

const lb = "aws-load-balancer-";

/** Annotations of Classic Load Balancers, which Kubernetes' own code made, and what does the same for an NLB. */
const classicAnnotations: Readonly<Record<string, string>> = {
  [`${lb}connection-draining-enabled`]: "remove it and use gateway.drainSeconds",
  [`${lb}connection-draining-timeout`]: "remove it and use gateway.drainSeconds",
  [`${lb}connection-idle-timeout`]: `remove it and write tcp.idle_timeout.seconds=<seconds> in ${servicePrefix}${lb}listener-attributes.TCP-<port>`,
  [`${lb}extra-security-groups`]: "remove it and use allowedCidrs, allowedPrefixListIds or allowedSecurityGroupIds",
  [`${lb}access-log-emit-interval`]: "remove it: an NLB writes its logs every 5 minutes",
};

/** Suffixes of the annotations that members of the arguments decide. */
export const nlbAnnotationRules: AnnotationRules = {
  prefix: servicePrefix,
  known: serviceAnnotations,
  pattern: serviceAnnotationPattern,
  tags: `${lb}additional-resource-tags`,
  owned: {
    [`${lb}type`]: "strategy",
    [`${lb}nlb-target-type`]: "nlb.targetType",
    [`${lb}name`]: "nlb.name",
    [`${lb}scheme`]: "scheme",
    [`${lb}internal`]: "scheme",
    [`${lb}subnets`]: "subnetIds",
    [`${lb}ip-address-type`]: "ipAddressType",
    [`${lb}security-groups`]:
      "allowedCidrs, allowedPrefixListIds or allowedSecurityGroupIds; the security group is the mesh's",
    [`${lb}manage-backend-security-group-rules`]: "allowedCidrs; the security group is the mesh's",
    [`${lb}disable-nlb-sg`]: "allowedCidrs; the security group is the mesh's",
    [`${lb}security-group-prefix-lists`]: "allowedPrefixListIds",
    "load-balancer-source-ranges": "allowedCidrs",
    [`${lb}proxy-protocol`]: "nlb.proxyProtocol",
    [`${lb}proxy-protocol-per-target-group`]: "nlb.proxyProtocol; the gateway must expect it",
    [`${lb}eip-allocations`]: "nlb.eipAllocationIds",
    [`${lb}additional-resource-tags`]: "tags",
    [`${lb}backend-protocol`]: "tls",
    [`${lb}ssl-cert`]: "tls",
    [`${lb}ssl-ports`]: "tls",
    [`${lb}ssl-negotiation-policy`]: "tls.policy",
    [`${lb}healthcheck-protocol`]: "healthCheck; an HTTP check fails behind PROXY protocol, so the mesh chooses",
    [`${lb}healthcheck-port`]: "healthCheck; the gateway answers on its status port only",
    [`${lb}healthcheck-path`]: "healthCheck; the gateway answers on /healthz/ready only",
    [`${lb}healthcheck-healthy-threshold`]: "healthCheck.healthyThreshold",
    [`${lb}healthcheck-unhealthy-threshold`]: "healthCheck.unhealthyThreshold",
    [`${lb}healthcheck-timeout`]: "healthCheck.timeoutSeconds",
    [`${lb}healthcheck-interval`]: "healthCheck.intervalSeconds",
    [`${lb}cross-zone-load-balancing-enabled`]: "nlb.crossZone",
    [`${lb}access-log-enabled`]: `access_logs.s3.enabled=true in ${servicePrefix}${lb}attributes`,
    [`${lb}access-log-s3-bucket-name`]: `access_logs.s3.bucket=<bucket> in ${servicePrefix}${lb}attributes`,
    [`${lb}access-log-s3-bucket-prefix`]: `access_logs.s3.prefix=<prefix> in ${servicePrefix}${lb}attributes`,
  },
  impossible: {
    [`${lb}quic-enabled-ports`]: "the load balancer listens on TCP, and the controller would make none",
  },
  unread: (suffix) => (Object.hasOwn(classicAnnotations, suffix) ? classicAnnotations[suffix] : undefined),
};

export const nlbAttributes = `${servicePrefix}${lb}attributes`;
export const nlbTargetGroupAttributes = `${servicePrefix}${lb}target-group-attributes`;

/** Attributes that members of the arguments decide. */
export const nlbOwnedAttributes = { "load_balancing.cross_zone.enabled": "nlb.crossZone" } as const;
export const nlbOwnedTargetGroupAttributes = {
  "proxy_protocol_v2.enabled": "nlb.proxyProtocol",
  "preserve_client_ip.enabled": "nlb.preserveClientIp",
  [deregistrationDelay]: "gateway.drainSeconds",
  [connectionTermination]: "gateway.drainSeconds, at whose end the NLB closes connections",
} as const;

/** All annotations for the controller about the NLB. The user's annotations come first, so that ours win. */
export function planNlbAnnotations(
  { ingress, gateway, controller, tags }: IngressContext,
  nlb: NlbSettings,
  facts: IngressFacts,
): Readonly<Record<string, AnnotationValue>> {
  const ours = {
    scheme: ingress.scheme,
    "nlb-target-type": nlb.targetType,
    name: nlb.name,
    "ip-address-type": ingress.ipAddressType,
    subnets: commaSeparated(ingress.subnetIds),
    "security-groups": facts.securityGroupId,
    // Else the controller adds a group of its own, shared by all its load balancers, and sometimes leaves it behind.
    "manage-backend-security-group-rules": "false",
    attributes: joinAttributes(
      { "load_balancing.cross_zone.enabled": nlb.crossZone },
      ingress.annotations[nlbAttributes],
    ),
    "target-group-attributes": joinAttributes(
      targetGroupAttributes(nlb, gateway),
      ingress.annotations[nlbTargetGroupAttributes],
    ),
    "eip-allocations": commaSeparated(nlb.eipAllocationIds),
    // EKS Auto Mode's own role may tag nothing (auto-mode-tags.ts).
    "additional-resource-tags": controller === LoadBalancerController.EksAutoMode ? undefined : tagsText(tags),
    ...healthCheck(ingress.healthCheck, nlb),
    ...tlsAnnotations(ingress, nlb, facts),
  };
  return writtenAnnotations(ingress.annotations, `${servicePrefix}${lb}`, ours);
}

/** A pod that is being removed gets no new connections, and loses those that are left when its drain ends. */
function targetGroupAttributes(nlb: NlbSettings, gateway: GatewaySettings) {
  return {
    ...(nlb.proxyProtocol ? { "proxy_protocol_v2.enabled": true } : {}),
    ...(nlb.preserveClientIp === undefined ? {} : { "preserve_client_ip.enabled": nlb.preserveClientIp }),
    ...drainAttributes(gateway),
    [connectionTermination]: true,
  };
}

/**
 * The check asks the gateway's status port: by number with ip targets; by the Service port's name with instance
 * targets, which the controller turns into its node port.
 */
function healthCheck(check: IngressContext["ingress"]["healthCheck"], nlb: NlbSettings): Record<string, string> {
  return {
    ...(nlb.proxyProtocol
      ? { "healthcheck-protocol": "tcp" }
      : { "healthcheck-protocol": "http", "healthcheck-path": "/healthz/ready" }),
    "healthcheck-port": nlb.targetType === NlbTargetType.Ip ? String(statusPort.port) : statusPort.name,
    "healthcheck-healthy-threshold": String(check.healthyThreshold),
    "healthcheck-unhealthy-threshold": String(check.unhealthyThreshold),
    "healthcheck-timeout": String(check.timeoutSeconds),
    "healthcheck-interval": String(check.intervalSeconds),
  };
}

const alpnPolicy = `${servicePrefix}${lb}alpn-policy`;

/** Without `ssl-ports` every port would be TLS; without an ALPN policy, the user's or ours, there is no HTTP/2 and no gRPC. */
function tlsAnnotations(
  ingress: IngressSettings,
  nlb: NlbSettings,
  { certificateArn }: IngressFacts,
): Record<string, AnnotationValue> {
  const { tls, annotations } = ingress;
  if (certificateArn === undefined) return {};
  return {
    "ssl-cert": withMore(certificateArn, tls.moreCertificates),
    "ssl-ports": planNlbTlsPorts(ingress, nlb).join(","),
    "ssl-negotiation-policy": tls.policy,
    ...(alpnPolicy in annotations ? {} : { "alpn-policy": "HTTP2Preferred" }),
  };
}
