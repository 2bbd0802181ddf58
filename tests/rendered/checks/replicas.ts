import { flattened } from "../../../components/control-plane/charts/values/flattened-values";
import type { GatewaySettings } from "../../../components/plan/gateway-settings";
import { type Finding, findingIf } from "../finding";
import { type MeshWorkloads, gatewayWorkloads } from "../mesh/mesh-workloads";
import {
  type KubernetesObject,
  nameOf,
  namespaceOf,
  ofKind,
  podLabels,
  templateOf,
  titleOf,
} from "../mesh/kubernetes-object";
import type { RenderedMesh } from "../mesh/rendered-mesh";
import { selects } from "../mesh/selector";
import { type Block, type Place, at, blockAt, listAt } from "../tree";

const check = "replicas";

interface Wanted {
  /** By an autoscaler; else in a fixed number. */
  readonly scaled: boolean;
  readonly minReplicas: number;
  readonly maxReplicas: number;
}

/** Finds workloads that run in another number than asked for, or that a disruption may take away whole. */
export function findWrongReplicas(mesh: RenderedMesh, meshWorkloads: MeshWorkloads): readonly Finding[] {
  const { settings } = mesh;
  const created = [...mesh.releases.flatMap(({ objects }) => objects), ...meshWorkloads.provisioned];
  const istiods = ofKind(meshWorkloads.charted, "Deployment").filter(({ origin }) => /^release istiod/.test(origin));
  return [
    ...istiods.flatMap((workload) => wrongNumber(workload, istiodReplicas(mesh), created)),
    ...gatewayWorkloads(mesh, meshWorkloads).flatMap((workload) => {
      const gateway = expectedPods(settings).find((one) => isWorkloadOf(one, workload));
      return gateway === undefined
        ? [{ check, where: titleOf(workload), message: "nobody asked for this gateway" }]
        : wrongNumber(workload, gatewayReplicas(mesh, gateway), created);
    }),
    ...missing(mesh, meshWorkloads),
  ];
}

/** What was asked for, with what the user's own chart values put in its place. */
function istiodReplicas({ settings: { controlPlane } }: RenderedMesh): Wanted {
  const own = flattened(controlPlane.values.istiod, "pilot");
  const keys = { enabled: ["autoscaleEnabled"], min: ["autoscaleMin"], max: ["autoscaleMax"] };
  return overlaid(controlPlane, own, keys);
}

/** The pods that a mesh declares beside the control plane's: of ingresses, at the edge, before a namespace's Services. */
type ExpectedPods = Pick<GatewaySettings, "name" | "namespace" | "createdBy" | "minReplicas" | "maxReplicas">;

function expectedPods(settings: RenderedMesh["settings"]): readonly ExpectedPods[] {
  const { gateways, egress, waypoints, multiCluster } = settings;
  const edge = egress.gateway?.kind === "gateway" ? [egress.gateway.gateway] : [];
  const eastWest = multiCluster?.eastWest === undefined ? [] : [multiCluster.eastWest.gateway];
  return [
    ...gateways,
    ...edge,
    ...eastWest,
    ...waypoints.map((waypoint) => ({ ...waypoint, createdBy: "istiod" as const })),
  ];
}

/** istiod calls a waypoint's Deployment like its Gateway, and any other one's so that its class can be told. */
function isWorkloadOf({ name, namespace }: ExpectedPods, workload: KubernetesObject): boolean {
  return namespaceOf(workload) === namespace && [name, `${name}-istio`].includes(nameOf(workload));
}

function gatewayReplicas({ settings }: RenderedMesh, gateway: ExpectedPods): Wanted {
  const own = gateway.createdBy === "chart" ? settings.controlPlane.values.gateway : {};
  const block = (key: string) => ["autoscaling", key];
  return overlaid(gateway, own, { enabled: block("enabled"), min: block("minReplicas"), max: block("maxReplicas") });
}

type Limits = Omit<Wanted, "scaled">;

function overlaid(asked: Limits, own: Block, keys: Readonly<Record<"enabled" | "min" | "max", Place>>): Wanted {
  const scaled = Boolean(at(own, ...keys.enabled) ?? asked.minReplicas !== asked.maxReplicas);
  const number = (place: Place, otherwise: number) => Number(at(own, ...place) ?? otherwise);
  const [min, max] = scaled ? [keys.min, keys.max] : [["replicaCount"], ["replicaCount"]];
  const fixed = scaled ? asked.maxReplicas : asked.minReplicas;
  return { scaled, minReplicas: number(min, asked.minReplicas), maxReplicas: number(max, fixed) };
}

/** Every gateway that the mesh declares must have pods. */
function missing(mesh: RenderedMesh, meshWorkloads: MeshWorkloads): readonly Finding[] {
  const workloads = gatewayWorkloads(mesh, meshWorkloads);
  return expectedPods(mesh.settings)
    .filter(
      ({ createdBy }) =>
        createdBy === "chart" || (createdBy === "istiod" && meshWorkloads.complete && mesh.releases.length > 0),
    )
    .flatMap((expected) =>
      findingIf(!workloads.some((workload) => isWorkloadOf(expected, workload)), check, {
        where: `gateway ${expected.name}`,
        message: "nothing makes its pods",
      }),
    );
}

function wrongNumber(workload: KubernetesObject, wanted: Wanted, created: readonly KubernetesObject[]) {
  const beside = (kind: string) => ofKind(created, kind).filter(({ origin }) => origin === workload.origin);
  const scaler = beside("HorizontalPodAutoscaler").find(
    ({ body }) => at(body, "spec", "scaleTargetRef", "name") === nameOf(workload),
  );
  const fixed = !wanted.scaled;
  const found = fixed
    ? { minReplicas: at(workload.body, "spec", "replicas"), maxReplicas: at(workload.body, "spec", "replicas") }
    : { minReplicas: at(scaler?.body, "spec", "minReplicas"), maxReplicas: at(scaler?.body, "spec", "maxReplicas") };
  const { minReplicas, maxReplicas } = wanted;
  const budgets = beside("PodDisruptionBudget").filter(({ body }) =>
    selects(blockAt(body, "spec", "selector"), podLabels(workload)),
  );
  return [
    ...findingIf(found.minReplicas !== minReplicas || found.maxReplicas !== maxReplicas, check, {
      where: titleOf(workload),
      message: `runs ${JSON.stringify(found)}, asked for ${JSON.stringify({ minReplicas, maxReplicas })}`,
    }),
    ...findingIf(fixed && scaler !== undefined, check, {
      where: titleOf(workload),
      message: "has an autoscaler although its number is fixed",
    }),
    ...wrongBudgets(workload, minReplicas, budgets),
    ...findingIf(minReplicas > 1 && spreading(workload).length === 0, check, {
      where: titleOf(workload),
      message: "may run all of its pods on one node: it has no topologySpreadConstraints",
    }),
  ];
}

function spreading(workload: KubernetesObject): readonly unknown[] {
  return listAt(templateOf(workload), "spec", "topologySpreadConstraints");
}

/** One above a single replica, so that a drain leaves a pod; none at one, where it would stop every drain. */
function wrongBudgets(workload: KubernetesObject, replicas: number, budgets: readonly KubernetesObject[]) {
  const kept = budgets.map(({ body }) => at(body, "spec", "minAvailable"));
  return [
    ...findingIf(budgets.length !== (replicas > 1 ? 1 : 0), check, {
      where: titleOf(workload),
      message: `has ${budgets.length} PodDisruptionBudgets at ${replicas} replicas`,
    }),
    ...findingIf(
      kept.some((number) => typeof number === "number" && number >= replicas),
      check,
      { where: titleOf(workload), message: "its PodDisruptionBudget lets no pod go" },
    ),
  ];
}
