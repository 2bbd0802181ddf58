import { validLoadBalancerName } from "../../../inputs/aws/load-balancer-name";
import type { IngressFacts } from "../../../plan/facts";
import type { IngressContext } from "../../../plan/ingress";
import type {
  AlbSettings,
  HealthCheckSettings,
  IngressSettings,
  LoadBalancerName,
} from "../../../plan/ingress-settings";
import type { AnnotationValue, InputValue } from "../../../plan/input-value";
import { LoadBalancerController } from "../../../plan/enums";
import { writtenAnnotations } from "../annotations";
import type { AnnotationRules } from "../annotations-check";
import { joinAttributes } from "../attributes";
import { deregistrationDelay, drainAttributes } from "../drain-attributes";
import { commaSeparated, tagsText, withMore } from "../interpolation";
import { ingressAnnotationPattern, ingressAnnotations, ingressPrefix } from "../load-balancer-controller";
import { unreadOfRules } from "./alb-rule-annotations";
import { planAlbListeners, statusPort } from "./alb-ports";

/** The status of an Ingress names the ALB first, where records lead, and no security group of the mesh opens the NLB. */
const frontendNlb = Object.fromEntries(
  ingressAnnotations
    .filter((suffix) => /^(enable-)?frontend-nlb/.test(suffix))
    .map((suffix) => [
      suffix,
      'the records would lead past the NLB that the controller puts before the ALB; for an NLB, with fixed addresses too, use strategy "nlb"',
    ]),
);

/** Suffixes of the annotations that members of the arguments decide. */
export const albAnnotationRules: AnnotationRules = {
  prefix: ingressPrefix,
  known: ingressAnnotations,
  pattern: ingressAnnotationPattern,
  tags: "tags",
  owned: {
    "load-balancer-name": "alb.name",
    "group.name": "alb.groupName",
    scheme: "scheme",
    subnets: "subnetIds",
    "ip-address-type": "ipAddressType",
    "target-type": "strategy; the targets are node ports",
    "security-groups":
      "allowedCidrs, allowedPrefixListIds or allowedSecurityGroupIds; the security group is the mesh's",
    "manage-backend-security-group-rules": "allowedCidrs; the security group is the mesh's",
    "inbound-cidrs": "allowedCidrs",
    "security-group-prefix-lists": "allowedPrefixListIds",
    "listen-ports": "tls",
    "ssl-redirect": "tls.redirectHttp",
    "certificate-arn": "tls",
    "ssl-policy": "tls.policy",
    "create-acm-cert": "tls.requestCertificate",
    "backend-protocol": "alb.backendProtocol",
    "wafv2-acl-arn": "alb.webAclArn",
    "wafv2-acl-name": "alb.webAclArn",
    "waf-acl-id": "alb.webAclArn",
    "web-acl-id": "alb.webAclArn",
    tags: "tags",
    "healthcheck-port": "healthCheck; the gateway answers on its status port only",
    "healthcheck-protocol": "healthCheck; the status port speaks HTTP",
    "healthcheck-path": "healthCheck; the gateway answers on /healthz/ready only",
    "healthcheck-interval-seconds": "healthCheck.intervalSeconds",
    "healthcheck-timeout-seconds": "healthCheck.timeoutSeconds",
    "healthy-threshold-count": "healthCheck.healthyThreshold",
    "unhealthy-threshold-count": "healthCheck.unhealthyThreshold",
  },
  impossible: {
    "acm-pca-arn": "the controller requests no certificate here; name one of your own CA in tls.certificateArn",
    "dry-run-plan": "the controller writes it itself",
    ...frontendNlb,
  },
  unread: unreadOfRules,
};

export const backendProtocolVersion = `${ingressPrefix}backend-protocol-version`;

export const albAttributes = `${ingressPrefix}load-balancer-attributes`;
export const albTargetGroupAttributes = `${ingressPrefix}target-group-attributes`;

/** Attributes that members of the arguments decide. */
export const albOwnedAttributes = {
  "idle_timeout.timeout_seconds": "alb.idleTimeoutSeconds",
  "access_logs.s3.enabled": "alb.accessLogsBucket",
  "access_logs.s3.bucket": "alb.accessLogsBucket",
  // The gateway finds the client's address by the entry that the ALB appends to X-Forwarded-For, an address without port.
  "routing.http.xff_header_processing.mode": "trustedProxies",
  "routing.http.xff_client_port.enabled": "trustedProxies",
} as const;
export const albOwnedTargetGroupAttributes = { [deregistrationDelay]: "gateway.drainSeconds" } as const;

/** All annotations for the controller about the ALB. */
export function planAlbAnnotations(
  { ingress, gateway, controller, tags }: IngressContext,
  alb: AlbSettings,
  facts: IngressFacts,
): Readonly<Record<string, AnnotationValue>> {
  const autoMode = controller === LoadBalancerController.EksAutoMode;
  return writtenAnnotations(ingress.annotations, ingressPrefix, {
    "load-balancer-name": nameText(alb.name, facts.clusterName),
    // EKS Auto Mode reads the group from the class' parameters only.
    "group.name": autoMode ? undefined : alb.groupName,
    scheme: ingress.scheme,
    "ip-address-type": ingress.ipAddressType,
    "target-type": "instance",
    subnets: commaSeparated(ingress.subnetIds),
    "security-groups": facts.securityGroupId,
    "manage-backend-security-group-rules": "false",
    "backend-protocol": alb.backendProtocol,
    "wafv2-acl-arn": webAcl(alb, facts),
    "load-balancer-attributes": attributes(alb, ingress.annotations[albAttributes]),
    // EKS Auto Mode's own role may tag nothing (auto-mode-tags.ts).
    tags: autoMode ? undefined : tagsText(tags),
    "target-group-attributes": joinAttributes(drainAttributes(gateway), ingress.annotations[albTargetGroupAttributes]),
    ...listening(ingress, facts),
    ...healthCheck(ingress.healthCheck),
  });
}

/**
 * Without the annotation the controller leaves the ALB's web ACL as it is, and `none` takes it away.
 *
 * Source: https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#wafv2-acl-arn
 */
function webAcl({ webAclArn, rateLimitPer5Minutes }: AlbSettings, facts: IngressFacts): InputValue | undefined {
  if (rateLimitPer5Minutes === 0) return "none";
  return rateLimitPer5Minutes === undefined ? webAclArn : facts.webAclArn;
}

function nameText(name: LoadBalancerName, clusterName: InputValue): AnnotationValue {
  return "exactly" in name
    ? name.exactly
    : { concat: [clusterName, `-${name.afterCluster}`], shorten: validLoadBalancerName };
}

function listening(ingress: IngressSettings, { certificateArn }: IngressFacts): Record<string, AnnotationValue> {
  const ports = planAlbListeners(ingress).map(({ name, port }) => ({ [name.toUpperCase()]: port }));
  const listenPorts = { "listen-ports": JSON.stringify(ports) };
  if (certificateArn === undefined) return listenPorts;
  return {
    ...listenPorts,
    "certificate-arn": withMore(certificateArn, ingress.tls.moreCertificates),
    "ssl-policy": ingress.tls.policy,
    ...(ingress.tls.redirectHttp ? { "ssl-redirect": "443" } : {}),
  };
}

/**
 * Asks the gateway's status port, by the name of the Service's port, which the controller turns into its node port.
 * A check on the traffic port would get 404 until a route exists.
 */
function healthCheck(check: HealthCheckSettings): Record<string, string> {
  return {
    "healthcheck-protocol": "HTTP",
    "healthcheck-port": statusPort.name,
    "healthcheck-path": "/healthz/ready",
    "healthcheck-interval-seconds": String(check.intervalSeconds),
    "healthcheck-timeout-seconds": String(check.timeoutSeconds),
    "healthy-threshold-count": String(check.healthyThreshold),
    "unhealthy-threshold-count": String(check.unhealthyThreshold),
  };
}

function attributes(alb: AlbSettings, extra: string | undefined): string | undefined {
  const { idleTimeoutSeconds, accessLogsBucket } = alb;
  const text = joinAttributes(
    {
      ...(idleTimeoutSeconds === undefined ? {} : { "idle_timeout.timeout_seconds": idleTimeoutSeconds }),
      ...(accessLogsBucket === undefined
        ? {}
        : { "access_logs.s3.enabled": true, "access_logs.s3.bucket": accessLogsBucket }),
    },
    extra,
  );
  return text === "" ? undefined : text;
}
