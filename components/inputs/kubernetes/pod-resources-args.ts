import type { z } from "zod";
import { type Form, field } from "../form";
import { problemIf } from "../problem";
import { shape } from "../shape";
import { quantity } from "../text";
import type { Problem } from "../../plan/problem";

/** What a pod asks for and may use, as in Kubernetes. */
export interface ResourcesArgs {
  /** What the scheduler reserves. */
  requests?: ResourceQuantitiesArgs;
  /** What the pod may use at most. */
  limits?: ResourceQuantitiesArgs;
}

/** CPU and memory as Kubernetes quantities. */
export interface ResourceQuantitiesArgs {
  /** CPU cores. `"none"` in the limits of a gateway: no limit. @example `"100m"` */
  cpu?: string;
  /** Bytes of memory. @example `"128Mi"` */
  memory?: string;
}

const quantitiesShape = shape({
  cpu: field(quantity).optional(),
  memory: field(quantity).optional(),
} satisfies Record<keyof ResourceQuantitiesArgs, z.ZodType>);

export const resourcesShape = shape({
  requests: quantitiesShape.optional(),
  limits: quantitiesShape.optional(),
} satisfies Record<keyof ResourcesArgs, z.ZodType>);

const quantityOrNone: Form = {
  allowed: `${quantity.allowed}, or "none"`,
  check: (given) => (given === "none" ? undefined : quantity.check(given)),
};

/** Resources of which the limit of CPU may be left out. */
export const resourcesWithoutCpuLimitShape = shape({
  requests: quantitiesShape.optional(),
  limits: shape({
    cpu: field(quantityOrNone).optional(),
    memory: field(quantity).optional(),
  } satisfies Record<keyof ResourceQuantitiesArgs, z.ZodType>).optional(),
} satisfies Record<keyof ResourcesArgs, z.ZodType>);

/** Kubernetes refuses a pod that requests more than its limit. */
export function checkResources(args: ResourcesArgs, path: string): readonly Problem[] {
  return (["cpu", "memory"] as const).flatMap((kind) => {
    const [request, limit] = [args.requests?.[kind], args.limits?.[kind]];
    if (request === undefined || limit === undefined) return [];
    return problemIf(amount(request) > amount(limit), `${path}.requests.${kind}`, {
      given: request,
      allowed: `at most the limit, ${limit}`,
      suggestion: "lower the request or raise the limit",
    });
  });
}

/** In billionths, the smallest unit of Kubernetes, so that no factor is a fraction that a number holds only nearly. */
const decimal: Readonly<Record<string, number>> = {
  ...{ n: 1, u: 1e3, m: 1e6, "": 1e9, k: 1e12, M: 1e15, G: 1e18, T: 1e21, P: 1e24, E: 1e27 },
};

/** A quantity in billionths. Source: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
function amount(quantity: string): number {
  if (/[eE][-+]?\d+$/.test(quantity)) return Number(quantity) * 1e9;
  const suffix = quantity.replace(/^[+0-9.]+/, "");
  const binary = suffix.endsWith("i") ? 1e9 * 1024 ** (1 + "KMGTPE".indexOf(suffix.charAt(0))) : undefined;
  return Number.parseFloat(quantity) * Number(binary ?? decimal[suffix]);
}
