import type { ComponentResourceOptions } from "@pulumi/pulumi";
import { answerWith, exampleFacts, type Facts } from "../../cli/example-facts";
import { type Recorded, record } from "../../cli/recording";
import { IstioMesh, type IstioMeshArgs } from "../../components";

/** What a mesh registers, with ways to ask for single resources. */
export interface RecordedMesh {
  readonly mesh: IstioMesh;
  readonly resources: readonly Recorded[];
  /** The one resource of this logical name. */
  readonly find: (name: string) => Recorded;
  /** Members of its inputs, by a path such as `spec.ports[0].port`. */
  readonly input: (name: string, path: string) => unknown;
}

export interface RecordMeshOptions {
  readonly preview?: boolean;
  readonly facts?: Partial<Facts>;
  readonly opts?: ComponentResourceOptions;
}

/** Registers a mesh called `mesh` against the recording monitor. */
export async function recordMesh(args: IstioMeshArgs, options: RecordMeshOptions = {}): Promise<RecordedMesh> {
  const made: IstioMesh[] = [];
  const resources = await record(() => made.push(new IstioMesh("mesh", args, options.opts)), {
    answer: answerWith(exampleFacts(options.facts ?? {})),
    preview: options.preview === true,
  });
  const [mesh] = made;
  if (mesh === undefined) throw new Error("the mesh was not made");
  const find = (name: string): Recorded => {
    const found = resources.filter((resource) => resource.name === name);
    if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} resources are called ${name}`);
    return found[0];
  };
  return { mesh, resources, find, input: (name, path) => memberAt(find(name).inputs, path) };
}

function memberAt(value: unknown, path: string): unknown {
  return path
    .split(/[.[\]]+/)
    .filter((key) => key !== "")
    .reduce<unknown>(
      (at, key) => (typeof at === "object" && at !== null ? (at as Record<string, unknown>)[key] : undefined),
      value,
    );
}
