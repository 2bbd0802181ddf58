import type { IstioMeshArgs } from "../components";
import type { MeshPlan, PlanOptions } from "../cli/plan/plan-of-args";

export * from "../components";
export type { MeshPlan, PlanFacts, PlannedResource, PlanOptions } from "../cli/plan/plan-of-args";

/**
 * Plans a mesh without AWS, a cluster or the Pulumi CLI: the data of `istio-eks plan --format json`, for the arguments of
 * a program.
 *
 * ```ts
 * const { resources, warnings } = await planOf({ mode: "ambient", cluster: { name: "production" } });
 * ```
 *
 * @remarks
 * Call it in a script or in a test, not in a program that `pulumi` runs. It runs the component under Pulumi's mocks, and
 * replaces mocks that were set before with `pulumi.runtime.setMocks`. A value that is an Output is not read: it, and what is
 * made from it, is shown as `[unknown]`, and is not validated.
 *
 * @throws Error with all problems of the arguments together, or if Pulumi's engine runs this program.
 */
export async function planOf(args: IstioMeshArgs, options: PlanOptions = {}): Promise<MeshPlan> {
  // The code of the plan command loads here, so that programs do not load it with the component.
  const { planOfArgs } = await import("../cli/plan/plan-of-args.js");
  return planOfArgs(args, options);
}
