import { problem, problemIf } from "../../inputs/problem";
import type { StrategySettings } from "../../plan/ingress-settings";
import type { Problem, Resolved } from "../../plan/problem";
import type { IngressStrategy, LoadBalancerController } from "../../plan/enums";
import { strategies } from ".";
import { checkAnnotations } from "./annotations-check";
import { checkAttributes, warnOfDeletionProtection } from "./attributes";
import { ingressClassAnnotation } from "./load-balancer-controller";
import { checkExternalDns } from "../dns/external-dns";
import type { IngressStrategyModule, StrategyContext } from "./strategy";

/** The arguments of an ingress, as far as its strategy decides what is right in them. */
export interface StrategyArgs {
  readonly strategy: IngressStrategy;
  readonly hostnames?: readonly string[];
  readonly annotations?: Readonly<Record<string, string>>;
  readonly dns?: { readonly createRecords?: boolean };
}

/** The strategy that the arguments of an ingress choose. */
export function strategyOf({ strategy }: StrategyArgs): IngressStrategyModule {
  return strategies[strategy];
}

/** The block of arguments that only the strategy of this ingress has; an empty one if the user wrote none. */
export function blockOf(args: StrategyArgs): object {
  return blockNamed(args, args.strategy) ?? {};
}

/** Blocks are members of the arguments that are called as the strategies are. */
function blockNamed(args: StrategyArgs, kind: IngressStrategy): object | undefined {
  const members: Readonly<Record<string, unknown>> = { ...args };
  return members[kind] as object | undefined;
}

/** Whether the load balancer of this ingress passes the client's address to the gateway by PROXY protocol. */
export function sendsProxyProtocol(args: StrategyArgs): boolean {
  return strategyOf(args).sendsProxyProtocol(blockOf(args));
}

/** Fills in the defaults of the strategy's block and checks it. The blocks of other strategies are refused. */
export function resolveStrategy(args: StrategyArgs, context: StrategyContext): Resolved<StrategySettings> {
  const resolved = strategyOf(args).resolve(blockOf(args), context);
  return { ...resolved, problems: [...resolved.problems, ...checkForeignBlocks(args, context.path)] };
}

/** All strategies but the one of this ingress. */
function othersThan({ strategy }: StrategyArgs): readonly IngressStrategyModule[] {
  return Object.values(strategies).filter(({ kind }) => kind !== strategy);
}

function checkForeignBlocks(args: StrategyArgs, path: string): readonly Problem[] {
  return othersThan(args).flatMap(({ kind }) => {
    const block = blockNamed(args, kind);
    if (block === undefined) return [];
    return [
      problem(`${path}.${kind}`, {
        given: block,
        allowed: `nothing with strategy "${args.strategy}"${strategyOf(args).explainForeignBlock(block)}`,
        suggestion: "remove the block, or change the strategy",
      }),
    ];
  });
}

/** What the checks of annotations must know of the ingress around them. */
export interface AnnotatedIngress {
  readonly path: string;
  readonly controller: LoadBalancerController;
  /** The Service before the gateway's pods. */
  readonly service: string;
  /** The listeners of the load balancer, such as `HTTPS-443`. */
  readonly listeners: readonly string[];
}

/** Checks the user's annotations of the object that carries the load balancer. */
export function checkStrategyAnnotations(
  args: StrategyArgs,
  { path, ...context }: AnnotatedIngress,
): readonly Problem[] {
  const { annotations: given = {}, hostnames = [] } = args;
  const { annotations: rules, ownedAttributes } = strategyOf(args);
  return [
    ...checkAnnotations(given, rules, { path, ...context, hasRules: hostnames.length > 0 }),
    ...checkClass(given, path),
    ...(args.dns === undefined || args.dns.createRecords === false ? [] : checkExternalDns(given, path)),
    ...checkForeignAnnotations(args, path),
    ...Object.entries(ownedAttributes).flatMap(([key, owned]) =>
      Object.entries(given)
        // Target groups have attributes for all ports, and for one: `….80`.
        .filter(([name]) => name === key || name.startsWith(`${key}.`))
        .flatMap(([name, text]) => checkAttributes(text, owned, `${path}.annotations["${name}"]`)),
    ),
  ];
}

/** The controller would rather read the annotation than the field, and Kubernetes creates no Ingress that has both. */
function checkClass(annotations: Readonly<Record<string, string>>, path: string): readonly Problem[] {
  const given = annotations[ingressClassAnnotation];
  return problemIf(given !== undefined, `${path}.annotations[${JSON.stringify(ingressClassAnnotation)}]`, {
    given,
    allowed: "no class: the mesh sets that of the controller, and Kubernetes refuses an Ingress with both",
    suggestion: "remove it; loadBalancerController says which controller makes the load balancers",
  });
}

function checkForeignAnnotations(args: StrategyArgs, path: string): readonly Problem[] {
  const { prefix } = strategyOf(args).annotations;
  const prefixes = othersThan(args).map(({ annotations }) => annotations.prefix);
  const foreign = prefixes.filter((other) => other !== prefix);
  return Object.entries(args.annotations ?? {}).flatMap(([key, given]) =>
    problemIf(
      foreign.some((other) => key.startsWith(other)),
      `${path}.annotations[${JSON.stringify(key)}]`,
      {
        given,
        allowed: `annotations of strategy "${args.strategy}", which begin with ${prefix}`,
        suggestion: "remove it: it belongs to the other kind of load balancer",
      },
    ),
  );
}

/** Warns of attributes in annotations that keep the load balancer from being deleted. */
export function warnOfAttributes(args: StrategyArgs, path: string): readonly string[] {
  const annotations = args.annotations ?? {};
  return Object.keys(strategyOf(args).ownedAttributes).flatMap((key) =>
    warnOfDeletionProtection(annotations[key], `${path}.annotations["${key}"]`),
  );
}
