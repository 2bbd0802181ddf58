import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { answerWith, exampleFacts } from "../../cli/plan/example-facts";
import { jsonText } from "../../cli/formats/json";
import { type Plan, planMesh } from "../../cli/plan/plan";
import { readStackFile } from "../../cli/stack/stack-file";
import { defaultIstioVersion } from "../../components/control-plane/charts/versions";
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
  /** Whether its whole plan is kept, with all inputs. Of the others, what they are about. */
  readonly isWhole: boolean;
}

/** Small meshes, of which a reader can review every input. */
const wholeScenarios = ["minimal", "sidecar-nlb", "sidecar-alb", "ambient", "ambient-alb"];

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
  return [...fromExamples, ...own].map((scenario) => ({
    ...scenario,
    folder: join(goldens, scenario.name),
    isWhole: wholeScenarios.includes(scenario.name),
  }));
}

/** The files that are kept of a plan, by name. */
export type Kept = Readonly<Record<"plan.json" | "resources.txt", string>>;

/** Which of them are kept of a scenario. */
export function keptFiles({ isWhole }: Scenario): readonly (keyof Kept)[] {
  return isWhole ? ["resources.txt", "plan.json"] : ["resources.txt"];
}

/** Plans a scenario as the plan command does. */
export async function planScenario({ stack }: Pick<Scenario, "stack">): Promise<Plan> {
  const { mesh, region } = readStackFile(readFileSync(stack, "utf8"), stack, () => pulumi.secret("[secret]"));
  return withoutStacks(() => planMesh(mesh, answerWith(exampleFacts(region === undefined ? {} : { region }))));
}

/** The whole plan, but for the text of the cleanup's script. */
export function planText(plan: Plan): string {
  const resources = plan.resources.map((node) => ({ ...node, inputs: shorten(node.inputs) }));
  return jsonText({ ...plan, resources });
}

export function keptOf(plan: Plan): Kept {
  return {
    // A new version of Istio is no change of what the mesh makes.
    "plan.json": planText(plan).replaceAll(defaultIstioVersion, "(default version)"),
    "resources.txt": `${plan.resources
      .map(
        ({ name, type, parent, dependsOn }) => `${String(parent)} > ${name} : ${type} after [${dependsOn.join(", ")}]`,
      )
      .join("\n")}\n`,
  };
}

/** What a scenario is about: a member of a resource's inputs, or some of its members. */
interface ExpectedMember {
  readonly it: string;
  readonly resource: string;
  readonly member?: readonly (string | number)[];
  readonly is?: unknown;
  readonly has?: Readonly<Record<string, unknown>>;
}

/** Those of the scenario's `expected.yaml`, written by hand. */
export function expectedMembers({ folder, isWhole }: Scenario): readonly ExpectedMember[] {
  if (isWhole) return [];
  return parse(readFileSync(join(folder, "expected.yaml"), "utf8")) as readonly ExpectedMember[];
}

/** The cleanup's script has tests of its own; here a mark stands for it. */
const script = "(components/cleanup/cleanup-script.ts)";

function shorten(inputs: unknown): unknown {
  const { environment, ...rest } = inputs as { readonly environment?: Readonly<Record<string, unknown>> };
  if (environment === undefined) return inputs;
  return { ...rest, environment: { ...environment, ISTIO_EKS_CLEANUP: script } };
}
