import type { nlbClass } from "../../../../components/ingress/strategies/load-balancer-controller";
import type { KubernetesObject } from "../../../check/kubernetes-object";
import type { Tree } from "../../trees";
import type { EntryPoint, EntryPointFacts } from "../entry-points";

/** What is read of an object and its load balancer. */
export interface BalancerArgs {
  /** Members of the ingress. */
  readonly args: Tree;
  readonly certificates: readonly string[];
  readonly tlsPolicy: string | undefined;
  readonly drainSeconds: number | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

export interface BalancerContext {
  readonly scheme: string;
  readonly vpcRanges: readonly string[];
  readonly dns: boolean;
}

/** What differs between the objects from which load balancers are made. */
export interface Strategy {
  /** What annotations of the controller begin with. */
  readonly prefix: string;
  /** Objects of this kind whose load balancer leads to gateway pods. */
  readonly entryPoints: (facts: EntryPointFacts) => readonly EntryPoint[];
  /** The members of the ingress. */
  readonly read: (entry: EntryPoint, context: BalancerContext) => BalancerArgs;
  /** Why the load balancer cannot become the mesh's; none: it can, and stays the same in AWS. */
  readonly obstacles: (entry: EntryPoint, controller: keyof typeof nlbClass) => readonly string[];
  /** Hosts that the load balancer knows by itself. */
  readonly hosts: (object: KubernetesObject) => readonly string[];
  /** Whether the load balancer redirects plain HTTP to HTTPS by itself. */
  readonly redirects: (object: KubernetesObject) => boolean;
  /** Whether the first `up` makes another Service for it. */
  readonly changesService: (entry: EntryPoint) => boolean;
}
