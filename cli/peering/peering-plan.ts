import { basename } from "node:path";
import type * as pulumi from "@pulumi/pulumi";
import { IstioMesh, type IstioMeshArgs, MeshPeering } from "../../components";
import { problem, problemsIn, problemsText } from "../../components/inputs/problem";
import { resolveIstioMesh } from "../../components/mesh/resolve-mesh-args";
import { checkPeering } from "../../components/multi-cluster/peering-plan";
import type { Problem } from "../../components/plan/problem";
import type { MeshSettings } from "../../components/plan/settings";
import { ArgumentsError } from "../arguments-error";
import type { Answer } from "../plan/example-facts";
import { InputError } from "../input-error";
import { type Node, inWaves } from "../plan/graph";
import { inProgramOrder, type Plan, planMesh, withRegion } from "../plan/plan";
import { record } from "../plan/recording";
import type { StackFile } from "../stack/stack-file";

/** A stack file of one of the clusters. */
export interface PeeredFile {
  /** Name of its stack. */
  readonly name: string;
  readonly file: StackFile;
  /** The region of its cluster, wherever it is set. */
  readonly region: string | undefined;
}

/** The plans of clusters that are one mesh. */
export interface PeeringPlan {
  readonly clusters: readonly PeeredCluster[];
  /** What a MeshPeering creates; none: the stack files name each other in `multiCluster.peers`. */
  readonly peering: readonly Node[];
}

export interface PeeredCluster {
  readonly name: string;
  readonly settings: MeshSettings;
  readonly plan: Plan;
}

/** The name of the stack, in `Pulumi.<stack>.yaml`. */
export function stackName(path: string): string {
  return basename(path)
    .replace(/\.ya?ml$/, "")
    .replace(/^Pulumi\./, "");
}

/**
 * Plans the clusters of one mesh. Where no stack file names another one in `multiCluster.peers`, all are meshes of one program with a
 * MeshPeering; else each is a stack of its own.
 */
export async function planPeering(files: readonly PeeredFile[], answer: Answer): Promise<PeeringPlan> {
  checkStackNames(files);
  const meshes = files.map(({ name, file, region }) => {
    const { settings, problems, warnings } = resolveIstioMesh(file.mesh, region);
    if (settings === undefined) throw new ArgumentsError(problemsText(name, problems, file.source));
    return { name, settings, warnings };
  });
  const names = meshes.map(({ settings }) => settings.multiCluster?.membership.clusterName);
  const asStacks = meshes.some(({ settings }) =>
    settings.multiCluster?.peers.some((peer) => names.includes(peer.name)),
  );
  const known = meshes.map(({ name, settings }) => ({ name, settings: asStacks ? withoutPeers(settings) : settings }));
  refuse(checkPeering(known));
  if (asStacks) refuse(checkDirections(meshes));
  return asStacks ? planStacks(files, meshes, answer) : planProgram(files, meshes, answer);
}

interface Mesh {
  readonly name: string;
  readonly settings: MeshSettings;
  readonly warnings: readonly string[];
}

function checkStackNames(files: readonly PeeredFile[]): void {
  const twice = files.find(({ name }, place) => files.findIndex((other) => other.name === name) !== place);
  if (twice === undefined) return;
  throw new InputError(
    `--config has two stack files of the name "${twice.name}".\n\n  allowed  a stack file for each cluster of the mesh\n` +
      "  to do    remove one of them, or rename it",
  );
}

function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new ArgumentsError(problemsIn("the clusters of one mesh", problems));
}

/** What both stacks say of each other is compared here. */
function withoutPeers({ multiCluster, ...settings }: MeshSettings): MeshSettings {
  return { ...settings, multiCluster: multiCluster === undefined ? undefined : { ...multiCluster, peers: [] } };
}

/** A cluster that no other one reads, and that reads no other one, is none of the mesh. */
function checkDirections(meshes: readonly Mesh[]): readonly Problem[] {
  const clusters = meshes.map(({ name, settings }) => ({ name, block: settings.multiCluster }));
  return clusters.flatMap(({ name, block }) => {
    const others = clusters.filter((other) => other.name !== name);
    const own = block?.membership.clusterName;
    const reads = others.some((other) =>
      block?.peers.some((peer) => peer.name === other.block?.membership.clusterName),
    );
    const isRead = others.some((other) => other.block?.peers.some((peer) => peer.name === own));
    if (reads || isRead) return [];
    return [
      problem(`multiCluster.peers of "${name}"`, {
        given: block?.peers.map((peer) => peer.name),
        allowed: "a cluster of another stack file, or to be named in its peers",
        suggestion: `add the other clusters to multiCluster.peers of "${name}", or "${String(own)}" to theirs`,
      }),
    ];
  });
}

/** One after the other, as Pulumi's mocks want it. */
async function planStacks(files: readonly PeeredFile[], meshes: readonly Mesh[], answer: Answer): Promise<PeeringPlan> {
  const clusters: PeeredCluster[] = [];
  for (const [place, { name, settings }] of meshes.entries()) {
    const { file, region } = files[place] as PeeredFile;
    const plan = await planMesh(file.mesh, answer, { region, stackRegion: file.region, source: file.source });
    clusters.push({ name, settings, plan });
  }
  return { clusters, peering: [] };
}

/** The component that connects the meshes. */
export const peeringName = "peering";

async function planProgram(
  files: readonly PeeredFile[],
  meshes: readonly Mesh[],
  answer: Answer,
): Promise<PeeringPlan> {
  const constructed: string[] = [];
  const observe: pulumi.ResourceTransformation = ({ name }) => {
    constructed.push(name);
    return undefined;
  };
  const options = { transformations: [observe] };
  const resources = await record(
    () => {
      const created = files.map(({ name, file }) => {
        const construct = () => new IstioMesh(name, file.mesh as IstioMeshArgs, options);
        return [name, withRegion(file.region, construct)] as const;
      });
      new MeshPeering(peeringName, { meshes: Object.fromEntries(created) }, options);
    },
    { answer },
  );
  const nodes = inWaves(inProgramOrder(resources, constructed));
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const ofRoot = (root: string) => nodes.filter((node) => rootOf(node, byName) === root);
  return {
    clusters: meshes.map(({ name, settings, warnings }) => ({
      ...{ name, settings },
      plan: { mesh: name, resources: ofRoot(name), outputs: {}, warnings },
    })),
    peering: ofRoot(peeringName).filter(({ name }) => name !== peeringName),
  };
}

function rootOf({ name, parent }: Node, byName: ReadonlyMap<string, Node>): string {
  const above = parent === null ? undefined : byName.get(parent);
  return above === undefined ? name : rootOf(above, byName);
}
