import type * as pulumi from "@pulumi/pulumi";
import { IstioMesh } from "../components";
import { problemsText } from "../components/inputs/problem";
import type { IstioMeshArgs } from "../components";
import { resolveIstioMesh } from "../components/mesh/resolve-mesh-args";
import type { Answer } from "./example-facts";
import { type Node, inWaves } from "./graph";
import { record, settled } from "./recording";

/** Everything a mesh would make, in an order in which it can be made. */
export interface Plan {
  readonly mesh: string;
  readonly resources: readonly Node[];
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly warnings: readonly string[];
}

/** Arguments that cannot be built; the message tells every problem. */
export class ArgumentsError extends Error {}

/** Name of the mesh in the program of this project. */
const meshName = "mesh";

/** Runs the component itself, as `pulumi up` does, and writes down what it makes. */
export async function planMesh(args: unknown, answer: Answer): Promise<Plan> {
  const { problems, warnings } = resolveIstioMesh(args);
  if (problems.length > 0) throw new ArgumentsError(problemsText(meshName, problems));
  const constructed: string[] = [];
  let mesh: IstioMesh | undefined;
  const resources = await record(
    () => {
      const observe: pulumi.ResourceTransformation = ({ name }) => {
        constructed.push(name);
        return undefined;
      };
      mesh = new IstioMesh(meshName, args as IstioMeshArgs, { transformations: [observe] });
    },
    { answer },
  );
  const order = new Map(constructed.map((name, index) => [name, index]));
  const inProgramOrder = [...resources].sort(
    (one, other) => Number(order.get(one.name)) - Number(order.get(other.name)),
  );
  return { mesh: meshName, resources: inWaves(inProgramOrder), outputs: await outputsOf(mesh), warnings };
}

async function outputsOf(mesh: IstioMesh | undefined): Promise<Readonly<Record<string, unknown>>> {
  if (mesh === undefined) return {};
  const { url, hostname, ingresses, namespace, ingressNamespace, version, revision, enrolmentLabels } = mesh;
  const outputs = { url, hostname, ingresses, namespace, ingressNamespace, version, revision, enrolmentLabels };
  const known = Object.entries(outputs).filter(([, output]) => output !== undefined);
  return Object.fromEntries(
    await Promise.all(known.map(async ([key, output]) => [key, await settled(output)] as const)),
  );
}
