import { logicalNames } from "../../../logical-names";
import type { IngressFacts } from "../../../plan/facts";
import type { IngressContext } from "../../../plan/ingress";
import type { NlbSettings } from "../../../plan/ingress-settings";
import type { Tree } from "../../../plan/input-value";
import type { KubernetesObjectPlan } from "../../../plan/kubernetes-object";
import { IngressStrategy, NlbTargetType } from "../../../plan/enums";
import { otherBalancer, otherController } from "../annotations";
import { externalDnsAnnotations } from "../../dns/external-dns";
import { nlbClass, servicePrefix } from "../load-balancer-controller";
import type { IngressStrategyModule } from "../strategy";
import {
  nlbAnnotationRules,
  nlbAttributes,
  nlbOwnedAttributes,
  nlbOwnedTargetGroupAttributes,
  nlbTargetGroupAttributes,
  planNlbAnnotations,
} from "./nlb-annotations";
import { type NlbArgs, resolveNlb } from "./nlb-args";
import {
  nlbListenerNames,
  planNlbDecryptedPorts,
  planNlbListeners,
  planNlbServers,
  planNlbServicePorts,
  planNlbTargetPorts,
  planNlbTargetRoute,
} from "./nlb-ports";

const serviceKind = { apiVersion: "v1", kind: "Service" } as const;

/** The Network Load Balancer: made not by us but by the controller, from a Service and its annotations. */
export const nlbStrategy: IngressStrategyModule<NlbSettings, NlbArgs> = {
  kind: IngressStrategy.Nlb,
  title: "NLB",
  loadBalancerType: "network",
  annotations: nlbAnnotationRules,
  ownedAttributes: {
    [nlbAttributes]: nlbOwnedAttributes,
    [nlbTargetGroupAttributes]: nlbOwnedTargetGroupAttributes,
  },
  // It passes requests on as they are, to a Service of its own.
  appendedAddresses: 0,
  forwardsHostnamesOnly: false,
  sharesService: false,
  requiredZones: 1,
  ingressClass: undefined,
  resolve: resolveNlb,
  explainForeignBlock: (block) =>
    "webAclArn" in block || "rateLimitPer5Minutes" in block ? "; AWS WAF cannot stand before an NLB" : "",
  sendsProxyProtocol: ({ proxyProtocol }) => proxyProtocol === true,
  regionalArns: () => [],
  longestTimeoutSeconds: (intervalSeconds) => intervalSeconds,
  nameInAws: ({ name }) => name,
  checkBeside: () => [],
  planListeners: planNlbListeners,
  listenerNames: nlbListenerNames,
  planServers: planNlbServers,
  planTargetRoute: planNlbTargetRoute,
  planTargetPorts: planNlbTargetPorts,
  planDecryptedPorts: planNlbDecryptedPorts,
  planService: (context, nlb, facts) => [planNlbService(context, facts, { nlb, ports: planNlbServicePorts(nlb) })],
  planIngressObjects: () => [],
  planAddress: ({ name }) => ({ logicalName: logicalNames.service(name), ...serviceKind, plural: "services", name }),
  // AWS WAF cannot stand before an NLB.
  planWebAcls: () => [],
};

/** What one Service with an NLB has that another has not. */
export interface NlbService {
  readonly nlb: NlbSettings;
  readonly ports: readonly Tree[];
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * Plans the Service that carries the NLB.
 *
 * Pulumi waits for its address only, and it waits for nothing of the mesh, so that AWS builds the load balancer, the
 * slowest part of all, while Istio installs. (Pulumi's own way of waiting for a Service sleeps 10 seconds and wants pods.)
 */
export function planNlbService(
  context: IngressContext,
  facts: IngressFacts,
  { nlb, ports, labels }: NlbService,
): KubernetesObjectPlan {
  const { ingress, gateway, controller, after } = context;
  return {
    name: logicalNames.service(ingress.name),
    after,
    ...serviceKind,
    metadata: {
      name: ingress.name,
      namespace: gateway.namespace,
      ...(labels === undefined ? {} : { labels }),
      annotations: {
        ...externalDnsAnnotations([ingress]),
        ...planNlbAnnotations(context, nlb, facts),
        "pulumi.com/waitFor": "jsonpath={.status.loadBalancer.ingress[0].hostname}",
      },
    },
    body: {
      spec: {
        type: "LoadBalancer",
        loadBalancerClass: nlbClass[controller],
        ...(nlb.targetType === NlbTargetType.Ip ? { allocateLoadBalancerNodePorts: false } : {}),
        // Else a node that gets a packet for a pod elsewhere puts its own address in the place of the client's.
        ...(keepsClientOnNodes(nlb) ? { externalTrafficPolicy: "Local" } : {}),
        selector: gateway.selector,
        ports,
      },
    },
    timeoutMinutes: 15,
    replaceOnChanges: [...otherBalancer([`${servicePrefix}aws-load-balancer-scheme`]), otherController.service],
  };
}

/** Source: https://kubernetes.io/docs/tutorials/services/source-ip/#source-ip-for-services-with-type-loadbalancer */
function keepsClientOnNodes({ targetType, preserveClientIp }: NlbSettings): boolean {
  return targetType === NlbTargetType.Instance && preserveClientIp === true;
}
