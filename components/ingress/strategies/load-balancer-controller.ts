import { LoadBalancerController } from "../../plan/enums";

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

/**
 * The label of a namespace that has a controller hold back a new pod's readiness until the load balancer finds the pod healthy.
 * It is for targets that are pods.
 *
 * Source: https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/pod_readiness_gate/; EKS Auto Mode's
 * webhook selects a label of its own.
 */
export const readinessGateLabel: Readonly<Record<LoadBalancerController, string>> = {
  [LoadBalancerController.AwsLoadBalancerController]: "elbv2.k8s.aws/pod-readiness-gate-inject",
  [LoadBalancerController.EksAutoMode]: "eks.amazonaws.com/pod-readiness-gate-inject",
};

/** The former way to say the class of an Ingress. */
export const ingressClassAnnotation = "kubernetes.io/ingress.class";

/** The IngressClass that the chart of the AWS Load Balancer Controller installs, and its controller. */
export const albClass = "alb";
export const albClassController = "ingress.k8s.aws/alb";

/** The controller of an IngressClass with EKS Auto Mode. */
export const autoModeIngressController = "eks.amazonaws.com/alb";

/**
 * Annotations of a Service that the AWS Load Balancer Controller reads, up to version 3.5. An unknown one it silently
 * ignores. Source: https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.5.0/pkg/annotations/constants.go
 */
export const serviceAnnotations = [
  "aws-load-balancer-type",
  "aws-load-balancer-nlb-target-type",
  "aws-load-balancer-name",
  "aws-load-balancer-scheme",
  "aws-load-balancer-internal",
  "aws-load-balancer-subnets",
  "aws-load-balancer-ip-address-type",
  "aws-load-balancer-attributes",
  "aws-load-balancer-access-log-enabled",
  "aws-load-balancer-access-log-s3-bucket-name",
  "aws-load-balancer-access-log-s3-bucket-prefix",
  "aws-load-balancer-cross-zone-load-balancing-enabled",
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
  "aws-load-balancer-quic-enabled-ports",
  "load-balancer-source-ranges",
] as const;

/** Those of them that end in a listener: `aws-load-balancer-listener-attributes.TCP-443`. Letter case counts. */
export const serviceAnnotationPattern =
  /^aws-load-balancer-(listener-attributes\.(TCP|TLS|UDP|TCP_UDP)-\d+|target-group-attributes\.\d+)$|^actions\.(TCP|TLS)-\d+$/;

/** Annotations of an Ingress that the AWS Load Balancer Controller reads, up to version 3.5. */
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
  "use-regex-path-match",
  "enable-frontend-nlb",
  "frontend-nlb-scheme",
  "frontend-nlb-subnets",
  "frontend-nlb-security-groups",
  "frontend-nlb-listener-port-mapping",
  "frontend-nlb-eip-allocations",
  "frontend-nlb-attributes",
  "frontend-nlb-tags",
  "frontend-nlb-healthcheck-port",
  "frontend-nlb-healthcheck-protocol",
  "frontend-nlb-healthcheck-path",
  "frontend-nlb-healthcheck-interval-seconds",
  "frontend-nlb-healthcheck-timeout-seconds",
  "frontend-nlb-healthcheck-healthy-threshold-count",
  "frontend-nlb-healthcheck-unhealthy-threshold-count",
  "frontend-nlb-healthcheck-success-codes",
  "create-acm-cert",
  "acm-pca-arn",
] as const;

export const ingressAnnotationPattern =
  /^(actions|conditions|transforms)\.[\w.-]+$|^listener-attributes\.(HTTP|HTTPS)-\d+$|^target-control-port\.[a-z0-9-]+\.[\w-]+$/;

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

/** The same for annotations that end in a listener. */
export const autoModeUnsupportedPattern = /^listener-attributes\./;
