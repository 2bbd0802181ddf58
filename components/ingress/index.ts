import type { IngressFacts } from "../plan/facts";
import type {
  AddressPlan,
  GatewayServer,
  IngressContext,
  IngressStrategyRoom,
  Listener,
  TargetPort,
  TargetRoute,
} from "../plan/ingress";
import type { IngressSettings } from "../plan/ingress-settings";
import type { KubernetesObjectPlan } from "../plan/kubernetes-object";
import type { Leaf } from "../plan/leaf";
import type { WebAclPlan } from "../plan/web-acl";
import { albRoom } from "./alb/alb-plan";
import { nlbRoom } from "./nlb/nlb-plan";

export { planNlbService } from "./nlb/nlb-plan";

/** What the strategy of one ingress decides, whichever it is. */
export interface IngressRoom {
  readonly loadBalancerType: IngressStrategyRoom<unknown>["loadBalancerType"];
  readonly listeners: readonly Listener[];
  readonly servers: readonly GatewayServer[];
  readonly targetRoute: TargetRoute;
  readonly targetPorts: readonly TargetPort[];
  readonly decryptedPorts: readonly number[];
  readonly address: AddressPlan;
  readonly planWebAcls: (tags: Readonly<Record<string, Leaf>>) => readonly WebAclPlan[];
  readonly planService: (context: IngressContext, facts: IngressFacts) => readonly KubernetesObjectPlan[];
  readonly planIngressObjects: (context: IngressContext, facts: IngressFacts) => readonly KubernetesObjectPlan[];
}

/** The strategies. A new one is a folder and a case here. */
export function roomOf(ingress: IngressSettings): IngressRoom {
  switch (ingress.strategy.kind) {
    case "nlb":
      return open(nlbRoom, ingress, ingress.strategy);
    case "alb":
      return open(albRoom, ingress, ingress.strategy);
  }
}

function open<Settings>(
  room: IngressStrategyRoom<Settings>,
  ingress: IngressSettings,
  settings: Settings,
): IngressRoom {
  return {
    loadBalancerType: room.loadBalancerType,
    listeners: room.planListeners(ingress, settings),
    servers: room.planServers(ingress, settings),
    targetRoute: room.planTargetRoute(settings),
    targetPorts: room.planTargetPorts(settings),
    decryptedPorts: room.planDecryptedPorts(ingress, settings),
    address: room.planAddress(ingress),
    planWebAcls: (tags) => room.planWebAcls(ingress, settings, tags),
    planService: (context, facts) => room.planService(context, settings, facts),
    planIngressObjects: (context, facts) => room.planIngressObjects(context, settings, facts),
  };
}
