import { LoadBalancerController } from "../plan/words";

/**
 * What the load balancer controllers read, spelled once.
 *
 * Sources: https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/,
 * …/guide/ingress/annotations/ and https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-nlb.html
 */
export const servicePrefix = "service.beta.kubernetes.io/";
export const ingressPrefix = "alb.ingress.kubernetes.io/";

/** The class of a Service that a controller is to turn into an NLB. It cannot be changed later. */
export const nlbClass: Readonly<Record<LoadBalancerController, string>> = {
  [LoadBalancerController.AwsLoadBalancerController]: "service.k8s.aws/nlb",
  [LoadBalancerController.EksAutoMode]: "eks.amazonaws.com/nlb",
};

/** The controller of an IngressClass. */
export const autoModeIngressController = "eks.amazonaws.com/alb";

/** Annotations of a Service that the AWS Load Balancer Controller reads. An unknown one it silently ignores. */
export const serviceAnnotations = [
  "aws-load-balancer-type",
  "aws-load-balancer-nlb-target-type",
  "aws-load-balancer-name",
  "aws-load-balancer-scheme",
  "aws-load-balancer-internal",
  "aws-load-balancer-subnets",
  "aws-load-balancer-ip-address-type",
  "aws-load-balancer-attributes",
  "aws-load-balancer-target-group-attributes",
  "aws-load-balancer-proxy-protocol",
  "aws-load-balancer-proxy-protocol-per-target-group",
  "aws-load-balancer-backend-protocol",
  "aws-load-balancer-healthcheck-protocol",
  "aws-load-balancer-healthcheck-port",
  "aws-load-balancer-healthcheck-path",
  "aws-load-balancer-healthcheck-healthy-threshold",
  "aws-load-balancer-healthcheck-unhealthy-threshold",
  "aws-load-balancer-healthcheck-interval",
  "aws-load-balancer-healthcheck-timeout",
  "aws-load-balancer-healthcheck-success-codes",
  "aws-load-balancer-ssl-cert",
  "aws-load-balancer-ssl-ports",
  "aws-load-balancer-ssl-negotiation-policy",
  "aws-load-balancer-alpn-policy",
  "aws-load-balancer-security-groups",
  "aws-load-balancer-manage-backend-security-group-rules",
  "aws-load-balancer-disable-nlb-sg",
  "aws-load-balancer-security-group-prefix-lists",
  "aws-load-balancer-eip-allocations",
  "aws-load-balancer-private-ipv4-addresses",
  "aws-load-balancer-ipv6-addresses",
  "aws-load-balancer-additional-resource-tags",
  "aws-load-balancer-inbound-sg-rules-on-private-link-traffic",
  "aws-load-balancer-target-node-labels",
  "aws-load-balancer-multi-cluster-target-group",
  "aws-load-balancer-enable-prefix-for-ipv6-source-nat",
  "aws-load-balancer-source-nat-ipv6-prefixes",
  "aws-load-balancer-minimum-load-balancer-capacity",
  "aws-load-balancer-enable-icmp-for-path-mtu-discovery",
  "aws-load-balancer-enable-tcp-udp-listener",
  "load-balancer-source-ranges",
] as const;

/** Those of them that end in a listener: `aws-load-balancer-listener-attributes.TCP-443`. */
export const serviceAnnotationPattern =
  /^aws-load-balancer-(listener-attributes\.\w+-\d+|target-group-attributes\.\d+)$/;

/** Annotations of an Ingress that the AWS Load Balancer Controller reads. */
export const ingressAnnotations = [
  "load-balancer-name",
  "group.name",
  "group.order",
  "tags",
  "ip-address-type",
  "ipam-ipv4-pool-id",
  "scheme",
  "subnets",
  "security-groups",
  "manage-backend-security-group-rules",
  "customer-owned-ipv4-pool",
  "load-balancer-attributes",
  "wafv2-acl-arn",
  "wafv2-acl-name",
  "waf-acl-id",
  "web-acl-id",
  "shield-advanced-protection",
  "listen-ports",
  "ssl-redirect",
  "inbound-cidrs",
  "security-group-prefix-lists",
  "certificate-arn",
  "ssl-policy",
  "target-type",
  "backend-protocol",
  "backend-protocol-version",
  "target-group-attributes",
  "healthcheck-port",
  "healthcheck-protocol",
  "healthcheck-path",
  "healthcheck-interval-seconds",
  "healthcheck-timeout-seconds",
  "healthy-threshold-count",
  "unhealthy-threshold-count",
  "success-codes",
  "auth-type",
  "auth-idp-cognito",
  "auth-idp-oidc",
  "auth-on-unauthenticated-request",
  "auth-scope",
  "auth-session-cookie",
  "auth-session-timeout",
  "jwt-validation",
  "mutual-authentication",
  "target-node-labels",
  "multi-cluster-target-group",
  "minimum-load-balancer-capacity",
  "enable-frontend-nlb",
  "create-acm-cert",
  "acm-pca-arn",
] as const;

export const ingressAnnotationPattern =
  /^(actions|conditions|transforms)\.[\w.-]+$|^listener-attributes\.\w+-\d+$|^frontend-nlb-[\w-]+$/;

/** Annotations that EKS Auto Mode refuses or ignores. Source: https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-alb.html */
export const autoModeUnsupported: readonly string[] = [
  "load-balancer-source-ranges",
  "aws-load-balancer-type",
  "aws-load-balancer-internal",
  "aws-load-balancer-proxy-protocol",
  "group.name",
  "group.order",
  "waf-acl-id",
  "web-acl-id",
  "shield-advanced-protection",
];
