import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { answerWith, exampleFacts, type Facts } from "../../cli/plan/example-facts";
import type { Node } from "../../cli/plan/graph";
import { type Plan, planMesh } from "../../cli/plan/plan";
import type { Recorded } from "../../cli/plan/recording";
import { type Combination, wholeMesh } from "./args";
import { withoutStacks } from "./quick";

/** Plans a mesh with the plan command's example answers. */
export function planOf(args: unknown, facts: Partial<Facts> = {}): Promise<Plan> {
  return withoutStacks(() => planMesh(args, answerWith(exampleFacts(facts))));
}

const wholePlans = new Map<string, Promise<Plan>>();

/** The plan of the whole mesh of a combination, planned once for all tests that only look at it. */
export function planOfWholeMesh(combination: Combination): Promise<Plan> {
  const key = JSON.stringify(combination);
  const known = wholePlans.get(key);
  if (known !== undefined) return known;
  const planned = planOf(wholeMesh(combination));
  wholePlans.set(key, planned);
  return planned;
}

/** A plan of resources that a test makes up. */
export function madeUpPlan(resources: readonly Node[], rest: Partial<Plan> = {}): Plan {
  return { mesh: "mesh", resources, outputs: {}, warnings: [], ...rest };
}

/** A resource that a test makes up. */
export function madeUp(name: string, resource: Partial<Recorded> = {}): Recorded {
  return { name, type: "test:index:Thing", parent: null, dependsOn: [], inputs: {}, options: {}, ...resource };
}

/** Runs something with a folder of its own, which is gone afterwards. */
export async function inFolder<Result>(run: (folder: string) => Promise<Result> | Result): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "istio-eks-"));
  try {
    return await run(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Writes a stack file with this mesh into a folder; its path. */
export function writeStack(folder: string, mesh: unknown, otherKeys: Readonly<Record<string, unknown>> = {}): string {
  return writeIn(folder, "Pulumi.test.yaml", stringify({ config: { "istio-mesh:mesh": mesh, ...otherKeys } }));
}

/** Writes a file into a folder; its path. */
export function writeIn(folder: string, file: string, text: string): string {
  const path = join(folder, file);
  writeFileSync(path, text);
  return path;
}
