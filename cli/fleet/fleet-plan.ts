import { placed } from "../../components/inputs/problem";
import { resolveIstioMesh } from "../../components/mesh/resolve-mesh-args";
import { changesOf, type PlanChanges } from "../against/plan-changes";
import { describeResource } from "../plan/describe";
import { answerWith, exampleFacts } from "../plan/example-facts";
import { type Members, membersOf } from "../members";
import { type Plan, planMesh } from "../plan/plan";
import { meshKey } from "../stack/stack-file";
import { loadBalancerOf } from "../traffic/load-balancer";
import { alike, type Group } from "./alike";
import type { Fleet, FleetCluster } from "./fleet-file";
import type { MeshSummary, PlannedCluster } from "./planned-cluster";

/** The plans of a fleet. */
export interface FleetPlan {
  readonly file: string;
  readonly rings: readonly PlannedRing[];
  /** Why the defaults are no mesh of their own, which the clusters could be compared with. */
  readonly defaultsProblem: string | undefined;
}

export interface PlannedRing {
  readonly name: string;
  /** In the order of the file. */
  readonly clusters: readonly PlannedCluster[];
  /** Clusters that are alike. */
  readonly groups: readonly ComparedGroup[];
}

export interface ComparedGroup extends Group {
  /** How the resources of its first cluster differ from those of the defaults; none: they are no mesh. */
  readonly changes: PlanChanges | undefined;
}

export interface FleetPlanOptions {
  /** Each cluster stands alone. */
  readonly all: boolean;
  /** Region of clusters that name none. */
  readonly region: string | undefined;
}

/** Plans every cluster of a fleet, one after the other, as Pulumi's mocks want it. */
export async function planFleet(fleet: Fleet, options: FleetPlanOptions): Promise<FleetPlan> {
  const { stackTraceLimit } = Error;
  // Pulumi takes a stack trace for each promise, which takes most of the time of a plan.
  Error.stackTraceLimit = 0;
  try {
    const lacking = defaultsProblem(fleet);
    const rings: PlannedRing[] = [];
    for (const ring of fleet.rings) rings.push(await planRing(ring, { ...options, fleet, lacking }));
    return { file: fleet.file, rings, defaultsProblem: lacking };
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

interface Planning extends FleetPlanOptions {
  readonly fleet: Fleet;
  readonly lacking: string | undefined;
}

async function planRing({ name, clusters }: Fleet["rings"][number], planning: Planning): Promise<PlannedRing> {
  const planned: PlannedCluster[] = [];
  const groups: ComparedGroup[] = [];
  for (const cluster of clusters) planned.push(await planCluster(cluster, planning.region));
  // Of clusters that are alike only the first is compared, and planned again: all plans would fill the memory.
  for (const group of alike(planned, planning.all))
    groups.push({ ...group, changes: await compare(group.first, planning) });
  return { name, clusters: planned, groups };
}

async function planCluster(cluster: FleetCluster, region: string | undefined): Promise<PlannedCluster> {
  const { problems: wrong, warnings } = resolveIstioMesh(cluster.mesh, regionOf(cluster, region));
  const problems = [...cluster.problems, ...wrong.map((one) => placed(one, cluster.source))];
  if (problems.length > 0) return { cluster, problems, warnings, mesh: undefined };
  return { cluster, problems, warnings, mesh: summaryOf(await planOf(cluster, cluster.mesh, region)) };
}

function planOf(cluster: FleetCluster, mesh: unknown, other: string | undefined): Promise<Plan> {
  const region = regionOf(cluster, other);
  return planMesh(mesh, answerWith(exampleFacts(region === undefined ? {} : { region })), { region });
}

function regionOf({ config }: FleetCluster, other: string | undefined): string | undefined {
  const region = config["aws:region"];
  return typeof region === "string" ? region : other;
}

function summaryOf({ mesh, resources }: Plan): MeshSummary {
  const kinds: Record<string, number> = {};
  for (const resource of resources) {
    const { kind } = describeResource(resource);
    kinds[kind] = (kinds[kind] ?? 0) + 1;
  }
  const balancers = resources.flatMap((node) => loadBalancerOf(node) ?? []);
  return {
    title: resources.flatMap((node) => (node.name === mesh ? describeResource(node).detail : [])).join(""),
    resources: resources.length,
    kinds,
    loadBalancers: balancers.map(({ scheme, type, listeners }) => `${scheme} ${type} on ${portsOf(listeners)}`),
  };
}

function portsOf(listeners: readonly { readonly port: number }[]): string {
  return listeners.map(({ port }) => port).join(", ");
}

async function compare(
  { cluster, mesh }: PlannedCluster,
  { fleet, lacking, region }: Planning,
): Promise<PlanChanges | undefined> {
  if (mesh === undefined || lacking !== undefined) return undefined;
  const base = await planOf(cluster, defaultsFor(fleet, membersOf(cluster.mesh)["cluster"]), region);
  return changesOf(base, await planOf(cluster, cluster.mesh, region));
}

/** The mesh of the defaults in a cluster. */
function defaultsFor({ defaults }: Fleet, cluster: unknown): Members {
  return { ...membersOf(defaults[meshKey]), cluster };
}

function defaultsProblem(fleet: Fleet): string | undefined {
  const { problems } = resolveIstioMesh(defaultsFor(fleet, { name: "any-cluster" }));
  return problems.map(({ path }) => path)[0];
}
