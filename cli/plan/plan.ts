import * as pulumi from "@pulumi/pulumi";
import { IstioMesh } from "../../components";
import { problemsText, type Source } from "../../components/inputs/problem";
import type { IstioMeshArgs } from "../../components";
import { resolveIstioMesh } from "../../components/mesh/resolve-mesh-args";
import { ArgumentsError } from "../arguments-error";
import type { Answer } from "./example-facts";
import { type Node, inWaves } from "./graph";
import type { Kept } from "./kept";
import { record, type Recorded, settled } from "./recording";

/** Everything a mesh would make, in an order in which it can be made. */
export interface Plan {
  readonly mesh: string;
  readonly resources: readonly Node[];
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly warnings: readonly string[];
  /** The plan of `destroy`: dependencies and waves are those of the removal. */
  readonly removal?: true;
  /** What that destroy leaves. */
  readonly kept?: readonly Kept[];
}

export { ArgumentsError };

/** What is known of where the arguments come from. */
export interface PlanContext {
  /** Name of the mesh, if not that of the program of this project. */
  readonly name?: string | undefined;
  readonly region?: string | undefined;
  /** That region where the configuration of the stack has it (`aws:region`), which the program reads. */
  readonly stackRegion?: string | undefined;
  /** Arguments may be unknown Outputs. */
  readonly unknownArguments?: boolean;
  /** Their text, whose lines problems name. */
  readonly source?: Source | undefined;
}

/** Runs the component itself, as `pulumi up` does, and writes down what it makes. */
export async function planMesh(args: unknown, answer: Answer, context: PlanContext = {}): Promise<Plan> {
  const { name: meshName = "mesh", region, source, unknownArguments = false } = context;
  const { problems, warnings } = resolveIstioMesh(args, region);
  if (problems.length > 0) throw new ArgumentsError(problemsText(meshName, problems, source));
  const constructed: string[] = [];
  let outputs: Readonly<Record<string, unknown>> = {};
  const resources = await record(
    () => {
      const observe: pulumi.ResourceTransformation = ({ name }) => {
        constructed.push(name);
        return undefined;
      };
      const construct = () => new IstioMesh(meshName, args as IstioMeshArgs, { transformations: [observe] });
      outputs = outputsOf(withRegion(context.stackRegion, construct));
    },
    { answer, unknownArguments },
  );
  const ordered = inProgramOrder(resources, constructed);
  return { mesh: meshName, resources: inWaves(ordered), outputs: await known(outputs), warnings };
}

/** The resources in the order in which the program constructs them. */
export function inProgramOrder(resources: readonly Recorded[], constructed: readonly string[]): readonly Recorded[] {
  const order = new Map(constructed.map((name, index) => [name, index]));
  return [...resources].sort((one, other) => Number(order.get(one.name)) - Number(order.get(other.name)));
}

/** Runs something with this region in the configuration of the stack. */
export function withRegion<Result>(region: string | undefined, run: () => Result): Result {
  if (region === undefined) return run();
  const config = pulumi.runtime.allConfig();
  pulumi.runtime.setConfig("aws:region", region);
  try {
    return run();
  } finally {
    pulumi.runtime.setAllConfig(config);
  }
}

function outputsOf(mesh: IstioMesh): Readonly<Record<string, unknown>> {
  const { url, hostname, ingresses, namespace, ingressNamespace, version, revision, enrolmentLabels } = mesh;
  return { url, hostname, ingresses, namespace, ingressNamespace, version, revision, enrolmentLabels };
}

async function known(outputs: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>> {
  const all = await Promise.all(
    Object.entries(outputs).map(async ([key, output]) => [key, await settled(output)] as const),
  );
  return Object.fromEntries(all.filter(([, value]) => value !== undefined));
}
