import type { IngressFacts } from "../../plan/facts";
import type { AddressPlan, GatewayServer, IngressContext, Listener, TargetPort, TargetRoute } from "../../plan/ingress";
import type { IngressSettings } from "../../plan/ingress-settings";
import type { KubernetesObjectPlan } from "../../plan/kubernetes-object";
import type { InputValue } from "../../plan/input-value";
import type { Problem } from "../../plan/problem";
import type { WebAclPlan } from "../../plan/web-acl";
import type { IngressStrategy } from "../../plan/enums";
import { albStrategy } from "./alb/alb-plan";
import { nlbStrategy } from "./nlb/nlb-plan";
import type { IngressStrategyModule } from "./strategy";

export { planNlbService } from "./nlb/nlb-plan";

/** The registry of strategies. A new one is a folder and a row here. */
export const strategies: Readonly<Record<IngressStrategy, IngressStrategyModule>> = {
  nlb: nlbStrategy,
  alb: albStrategy,
};

/** What the strategy of one ingress decides, whichever it is. */
export interface StrategyOfIngress {
  readonly module: IngressStrategyModule;
  readonly nameInAws: (cluster: string) => string | undefined;
  readonly listeners: readonly Listener[];
  readonly servers: readonly GatewayServer[];
  readonly targetRoute: TargetRoute;
  readonly targetPorts: readonly TargetPort[];
  readonly decryptedPorts: readonly number[];
  readonly address: AddressPlan;
  /** What cannot be beside an ingress that is written before this one. */
  readonly checkBeside: (earlier: IngressSettings, path: string) => readonly Problem[];
  readonly planWebAcls: (tags: Readonly<Record<string, InputValue>>) => readonly WebAclPlan[];
  readonly planService: (context: IngressContext, facts: IngressFacts) => readonly KubernetesObjectPlan[];
  readonly planIngressObjects: (context: IngressContext, facts: IngressFacts) => readonly KubernetesObjectPlan[];
}

/** Asks the strategy of an ingress. */
export function strategyFor(ingress: IngressSettings): StrategyOfIngress {
  const { strategy: settings } = ingress;
  const module = strategies[settings.kind];
  return {
    module,
    nameInAws: (cluster) => module.nameInAws(settings, cluster),
    listeners: module.planListeners(ingress, settings),
    servers: module.planServers(ingress, settings),
    targetRoute: module.planTargetRoute(settings),
    targetPorts: module.planTargetPorts(settings),
    decryptedPorts: module.planDecryptedPorts(ingress, settings),
    address: module.planAddress(ingress),
    checkBeside: ({ name, strategy: earlier }, path) =>
      earlier.kind === settings.kind ? module.checkBeside(settings, { name, settings: earlier }, path) : [],
    planWebAcls: (tags) => module.planWebAcls(ingress, settings, tags),
    planService: (context, facts) => module.planService(context, settings, facts),
    planIngressObjects: (context, facts) => module.planIngressObjects(context, settings, facts),
  };
}
