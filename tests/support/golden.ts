import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { answerWith, exampleFacts } from "../../cli/example-facts";
import { jsonText } from "../../cli/formats/json";
import { type Plan, planMesh } from "../../cli/plan";
import { readStackFile } from "../../cli/stack-file";
import { withoutStacks } from "./quick";

const root = join(__dirname, "..", "..");
/** Folders of `examples/` whose stack files are scenarios, and what their names begin with. */
const examples = { stacks: "", adoption: "adoption-" };
export const goldens = join(root, "tests", "golden");

/** One stack file whose plan is kept in git, so that a change of it is seen in review. */
export interface Scenario {
  readonly name: string;
  /** The stack file. */
  readonly stack: string;
  /** Where its plan is kept. */
  readonly folder: string;
}

/** Every set-up of `examples/stacks`, every phase of `examples/adoption`, and every folder of `tests/golden` with a stack file of its own. */
export function scenarios(): readonly Scenario[] {
  const fromExamples = Object.entries(examples).flatMap(([folder, prefix]) =>
    readdirSync(join(root, "examples", folder)).map((file) => ({
      name: `${prefix}${file.replace(/\.yaml$/, "")}`,
      stack: join(root, "examples", folder, file),
    })),
  );
  const own = readdirSync(goldens)
    .map((name) => ({ name, stack: join(goldens, name, "stack.yaml") }))
    .filter(({ stack }) => existsSync(stack));
  return [...fromExamples, ...own].map((scenario) => ({ ...scenario, folder: join(goldens, scenario.name) }));
}

/** The files that are kept of a plan, by name. */
export type Kept = Readonly<Record<"plan.json" | "resources.txt", string>>;

/** Plans a scenario as the plan command does. */
export async function planScenario({ stack }: Scenario): Promise<Plan> {
  const { mesh, region } = readStackFile(readFileSync(stack, "utf8"), stack, () => pulumi.secret("[secret]"));
  return withoutStacks(() => planMesh(mesh, answerWith(exampleFacts(region === undefined ? {} : { region }))));
}

export function keptOf(plan: Plan): Kept {
  const resources = plan.resources.map((node) => ({ ...node, inputs: shorten(node.inputs) }));
  return {
    "plan.json": jsonText({ ...plan, resources }),
    "resources.txt": `${plan.resources
      .map(
        ({ name, type, parent, dependsOn }) => `${String(parent)} > ${name} : ${type} after [${dependsOn.join(", ")}]`,
      )
      .join("\n")}\n`,
  };
}

/** The cleanup's script has tests of its own; here a mark stands for it. */
const script = "(components/cleanup/cleanup-script.ts)";

function shorten(inputs: unknown): unknown {
  const { environment, ...rest } = inputs as { readonly environment?: Readonly<Record<string, unknown>> };
  if (environment === undefined) return inputs;
  return { ...rest, environment: { ...environment, ISTIO_EKS_CLEANUP: script } };
}
