import { logicalNames } from "../../logical-names";
import type { IngressFacts } from "../../plan/facts";
import type { IngressContext, IngressStrategyModule } from "../../plan/ingress";
import type { NlbSettings } from "../../plan/ingress-settings";
import type { Tree } from "../../plan/input-value";
import type { KubernetesObjectPlan } from "../../plan/kubernetes-object";
import { NlbTargetType } from "../../plan/enums";
import { otherBalancer, otherController } from "../annotations";
import { externalDnsAnnotations } from "../external-dns";
import { nlbClass, servicePrefix } from "../load-balancer-controller";
import { planNlbAnnotations } from "./nlb-annotations";
import {
  planNlbDecryptedPorts,
  planNlbListeners,
  planNlbServers,
  planNlbServicePorts,
  planNlbTargetPorts,
  planNlbTargetRoute,
} from "./nlb-ports";

/** The Network Load Balancer: made not by us but by the controller, from a Service and its annotations. */
export const nlbStrategy: IngressStrategyModule<NlbSettings> = {
  loadBalancerType: "network",
  planListeners: planNlbListeners,
  planServers: planNlbServers,
  planTargetRoute: planNlbTargetRoute,
  planTargetPorts: planNlbTargetPorts,
  planDecryptedPorts: planNlbDecryptedPorts,
  planService: (context, nlb, facts) => [planNlbService(context, facts, { nlb, ports: planNlbServicePorts(nlb) })],
  planIngressObjects: () => [],
  planAddress: ({ name }) => ({ logicalName: logicalNames.service(name), kind: "Service" }),
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
    apiVersion: "v1",
    kind: "Service",
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
