import { logicalNames } from "../../logical-names";
import type { IngressFacts } from "../../plan/facts";
import type { IngressContext, IngressStrategyRoom } from "../../plan/ingress";
import type { NlbSettings } from "../../plan/ingress-settings";
import type { KubernetesObjectPlan } from "../../plan/kubernetes-object";
import { NlbTargetType } from "../../plan/words";
import { otherBalancer } from "../annotations";
import { externalDnsAnnotations } from "../external-dns";
import { nlbClass, servicePrefix } from "../load-balancer-controller";
import { planNlbAnnotations } from "./nlb-annotations";
import { planNlbListeners, planNlbServers, planNlbTargetPorts, planNlbTargetRoute, statusPort } from "./nlb-ports";

/** The Network Load Balancer: made not by us but by the controller, from a Service and its annotations. */
export const nlbRoom: IngressStrategyRoom<NlbSettings> = {
  loadBalancerType: "network",
  planListeners: planNlbListeners,
  planServers: planNlbServers,
  planTargetRoute: planNlbTargetRoute,
  planTargetPorts: planNlbTargetPorts,
  planService: (context, nlb, facts) => [planNlbService(context, nlb, facts)],
  planIngressObjects: () => [],
  planAddress: ({ name }) => ({ logicalName: logicalNames.service(name), kind: "Service" }),
};

/**
 * Plans the Service that carries the NLB.
 *
 * Pulumi waits for its address only, and it waits for nothing of the mesh, so that AWS builds the load balancer, the
 * slowest part of all, while Istio installs. (Pulumi's own way of waiting for a Service sleeps 10 seconds and wants pods.)
 */
function planNlbService(context: IngressContext, nlb: NlbSettings, facts: IngressFacts): KubernetesObjectPlan {
  const { ingress, gateway, controller, after } = context;
  return {
    name: logicalNames.service(ingress.name),
    after,
    apiVersion: "v1",
    kind: "Service",
    metadata: {
      name: ingress.name,
      namespace: gateway.namespace,
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
        selector: gateway.selector,
        ports: servicePorts(nlb),
      },
    },
    timeoutMinutes: 15,
    replaceOnChanges: otherBalancer([`${servicePrefix}aws-load-balancer-scheme`]),
  };
}

/**
 * Each port of the Service is a public listener. The status port is one only where it must be: with instance targets
 * the health check needs its node port (the security group keeps clients out).
 */
function servicePorts({ targetType }: NlbSettings) {
  const ports = planNlbTargetPorts().filter((port) => targetType === NlbTargetType.Instance || port !== statusPort);
  return ports.map(({ name, port }) => ({ name, port, targetPort: port, protocol: "TCP" }));
}
