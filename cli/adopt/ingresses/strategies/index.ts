import type { IngressStrategy } from "../../../../components/plan/enums";
import type { EntryPoint, EntryPointFacts } from "../entry-points";
import { alb } from "./alb";
import { nlb } from "./nlb";
import type { Strategy } from "./strategy";

const strategies: Readonly<Record<IngressStrategy, Strategy>> = { nlb, alb };

export function strategyFor({ strategy }: EntryPoint): Strategy {
  return strategies[strategy];
}

/** Every load balancer before gateway pods. */
export function entryPointsIn(facts: EntryPointFacts): readonly EntryPoint[] {
  return Object.values(strategies).flatMap((strategy) => strategy.entryPoints(facts));
}
