import { logicalNames } from "../../../logical-names";
import type { IngressFacts } from "../../../plan/facts";
import type { IngressContext } from "../../../plan/ingress";
import type { AlbSettings } from "../../../plan/ingress-settings";
import type { KubernetesObjectPlan } from "../../../plan/kubernetes-object";
import type { Tree } from "../../../plan/input-value";
import { IngressStrategy, LoadBalancerController } from "../../../plan/enums";
import { otherBalancer, otherController } from "../annotations";
import { externalDnsAnnotations } from "../../dns/external-dns";
import { albClass, albClassController, autoModeIngressController, ingressPrefix } from "../load-balancer-controller";
import type { IngressStrategyModule } from "../strategy";
import {
  albAnnotationRules,
  albAttributes,
  albOwnedAttributes,
  albOwnedTargetGroupAttributes,
  albTargetGroupAttributes,
  planAlbAnnotations,
} from "./alb-annotations";
import { type AlbArgs, checkGroups, resolveAlb } from "./alb-args";
import { hasWebAcl, planWebAcl } from "./web-acl-plan";
import { albListenerNames, planAlbListeners, planAlbServers, planAlbTargetPorts, trafficPort } from "./alb-ports";

const ingressKind = { apiVersion: "networking.k8s.io/v1", kind: "Ingress" } as const;

/** The Application Load Balancer: made not by us but by the controller, from an Ingress before a NodePort Service. */
export const albStrategy: IngressStrategyModule<AlbSettings, AlbArgs> = {
  kind: IngressStrategy.Alb,
  title: "ALB",
  loadBalancerType: "application",
  annotations: albAnnotationRules,
  ownedAttributes: {
    [albAttributes]: albOwnedAttributes,
    [albTargetGroupAttributes]: albOwnedTargetGroupAttributes,
  },
  appendedAddresses: 1,
  forwardsHostnamesOnly: true,
  sharesService: true,
  requiredZones: 2,
  ingressClass: { name: albClass, controller: albClassController },
  resolve: resolveAlb,
  explainForeignBlock: () => "",
  sendsProxyProtocol: () => false,
  regionalArns: ({ webAclArn: arn }) => [
    {
      member: "webAclArn",
      arn,
      what: "a web ACL",
      suggestion: (region) => `make the web ACL in ${region}, with scope REGIONAL`,
    },
  ],
  // AWS wants it below the interval.
  longestTimeoutSeconds: (intervalSeconds) => intervalSeconds - 1,
  nameInAws: ({ name }, cluster) => ("exactly" in name ? name.exactly : `${cluster}-${name.afterCluster}`),
  checkBeside: checkGroups,
  planListeners: planAlbListeners,
  listenerNames: albListenerNames,
  planServers: planAlbServers,
  planTargetRoute: () => "node-ports",
  planTargetPorts: planAlbTargetPorts,
  // An ALB says itself in X-Forwarded-Proto how the client reached it, and the gateway believes it.
  planDecryptedPorts: () => [],
  planService: planNodePortService,
  planIngressObjects: (context, alb, facts) => [...planIngressClass(context, alb), planAlbIngress(context, alb, facts)],
  planAddress: ({ name }) => ({ logicalName: logicalNames.ingress(name), ...ingressKind, plural: "ingresses", name }),
  planWebAcls: planWebAcl,
};

/** Plans the Service that opens the gateway's ports on every node; several ALBs may share it. */
function planNodePortService({
  ingress,
  gateway,
  sharedPorts,
  after,
}: IngressContext): readonly KubernetesObjectPlan[] {
  if (ingress.service !== ingress.name) return [];
  return [
    {
      name: logicalNames.service(ingress.name),
      after,
      apiVersion: "v1",
      kind: "Service",
      metadata: {
        name: ingress.name,
        namespace: gateway.namespace,
        // Pulumi's own way of waiting for a Service sleeps 10 seconds and wants pods; nothing here needs either.
        annotations: { ...externalDnsAnnotations([ingress]), "pulumi.com/waitFor": "jsonpath={.spec.clusterIP}" },
      },
      body: {
        spec: {
          type: "NodePort",
          selector: gateway.selector,
          ports: sharedPorts.map(({ name, port }) => ({ name, port, targetPort: port, protocol: "TCP" })),
        },
      },
    },
  ];
}

/**
 * Plans the Ingress that carries the ALB.
 *
 * With hostnames it forwards only those, so that of two ALBs before one gateway each leads to its own hosts.
 */
function planAlbIngress(context: IngressContext, alb: AlbSettings, facts: IngressFacts): KubernetesObjectPlan {
  const { ingress, gateway, controller, after } = context;
  const backend = { service: { name: ingress.service, port: { name: trafficPort(alb).name } } };
  const autoMode = controller === LoadBalancerController.EksAutoMode;
  return {
    name: logicalNames.ingress(ingress.name),
    after: [
      ...after,
      logicalNames.service(ingress.service),
      ...(hasWebAcl(alb) ? [logicalNames.webAcl(ingress.name)] : []),
      ...(autoMode ? [logicalNames.ingressClass(ingress.name)] : []),
    ],
    ...ingressKind,
    metadata: {
      name: ingress.name,
      namespace: gateway.namespace,
      annotations: { ...externalDnsAnnotations([ingress]), ...planAlbAnnotations(context, alb, facts) },
    },
    body: {
      spec: { ingressClassName: autoMode ? className(ingress.name) : albClass, ...routing(ingress.hostnames, backend) },
    },
    timeoutMinutes: 15,
    replaceOnChanges: [
      ...otherBalancer([`${ingressPrefix}scheme`, `${ingressPrefix}group.name`]),
      otherController.ingress,
    ],
  };
}

function routing(hostnames: readonly string[], backend: Tree): Tree {
  if (hostnames.length === 0) return { defaultBackend: backend };
  return { rules: hostnames.map((host) => ({ host, http: { paths: [{ path: "/", pathType: "Prefix", backend }] } })) };
}

function className(ingress: string): string {
  return `${ingress}-alb`;
}

/** EKS Auto Mode brings no IngressClass of its own, and reads a group's name only from the class' parameters. */
function planIngressClass({ ingress, controller }: IngressContext, alb: AlbSettings): readonly KubernetesObjectPlan[] {
  if (controller !== LoadBalancerController.EksAutoMode) return [];
  const name = className(ingress.name);
  return [
    {
      name: logicalNames.ingressClassParams(ingress.name),
      after: [],
      apiVersion: "eks.amazonaws.com/v1",
      kind: "IngressClassParams",
      metadata: { name },
      body: { spec: alb.groupName === undefined ? {} : { group: { name: alb.groupName } } },
    },
    {
      name: logicalNames.ingressClass(ingress.name),
      after: [logicalNames.ingressClassParams(ingress.name)],
      apiVersion: "networking.k8s.io/v1",
      kind: "IngressClass",
      metadata: { name },
      body: {
        spec: {
          controller: autoModeIngressController,
          parameters: { apiGroup: "eks.amazonaws.com", kind: "IngressClassParams", name },
        },
      },
    },
  ];
}
