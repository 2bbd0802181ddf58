import type { IngressFacts } from "../plan/facts";
import type {
  AddressPlan,
  GatewayServer,
  IngressContext,
  IngressStrategyModule,
  Listener,
  TargetPort,
  TargetRoute,
} from "../plan/ingress";
import type { IngressSettings } from "../plan/ingress-settings";
import type { KubernetesObjectPlan } from "../plan/kubernetes-object";
import type { InputValue } from "../plan/input-value";
import type { WebAclPlan } from "../plan/web-acl";
import { albStrategy } from "./alb/alb-plan";
import { nlbStrategy } from "./nlb/nlb-plan";

export { planNlbService } from "./nlb/nlb-plan";

/** What the strategy of one ingress decides, whichever it is. */
export interface StrategyOfIngress {
  readonly loadBalancerType: IngressStrategyModule<unknown>["loadBalancerType"];
  readonly listeners: readonly Listener[];
  readonly servers: readonly GatewayServer[];
  readonly targetRoute: TargetRoute;
  readonly targetPorts: readonly TargetPort[];
  readonly decryptedPorts: readonly number[];
  readonly address: AddressPlan;
  readonly planWebAcls: (tags: Readonly<Record<string, InputValue>>) => readonly WebAclPlan[];
  readonly planService: (context: IngressContext, facts: IngressFacts) => readonly KubernetesObjectPlan[];
  readonly planIngressObjects: (context: IngressContext, facts: IngressFacts) => readonly KubernetesObjectPlan[];
}

/** The strategies. A new one is a folder and a case here. */
export function strategyFor(ingress: IngressSettings): StrategyOfIngress {
  switch (ingress.strategy.kind) {
    case "nlb":
      return open(nlbStrategy, ingress, ingress.strategy);
    case "alb":
      return open(albStrategy, ingress, ingress.strategy);
  }
}

function open<Settings>(
  module: IngressStrategyModule<Settings>,
  ingress: IngressSettings,
  settings: Settings,
): StrategyOfIngress {
  return {
    loadBalancerType: module.loadBalancerType,
    listeners: module.planListeners(ingress, settings),
    servers: module.planServers(ingress, settings),
    targetRoute: module.planTargetRoute(settings),
    targetPorts: module.planTargetPorts(settings),
    decryptedPorts: module.planDecryptedPorts(ingress, settings),
    address: module.planAddress(ingress),
    planWebAcls: (tags) => module.planWebAcls(ingress, settings, tags),
    planService: (context, facts) => module.planService(context, settings, facts),
    planIngressObjects: (context, facts) => module.planIngressObjects(context, settings, facts),
  };
}
