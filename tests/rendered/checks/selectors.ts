import { type Finding, findingIf } from "../finding";
import { type MeshWorkloads, gatewayWorkloads, isHere, istiodsOf } from "../mesh/mesh-workloads";
import {
  type KubernetesObject,
  containersOf,
  kindOf,
  nameOf,
  namespaceOf,
  ofKind,
  podLabels,
  templateOf,
  titleOf,
} from "../mesh/kubernetes-object";
import type { RenderedMesh } from "../mesh/rendered-mesh";
import { hasLabels, selects } from "../mesh/selector";
import { type Block, at, blockAt, labelsAt, listAt, textAt } from "../tree";

const check = "selector";

/** Finds selectors that select no pods, or pods of more than one workload: of our objects and of the charts'. */
export function findWrongSelectors(mesh: RenderedMesh, meshWorkloads: MeshWorkloads): readonly Finding[] {
  const gateways = gatewayWorkloads(mesh, meshWorkloads);
  return [
    ...istioGateways(mesh, gateways),
    ...services(mesh, meshWorkloads),
    ...budgets(mesh, meshWorkloads),
    ...findOwnPods([...meshWorkloads.charted, ...meshWorkloads.provisioned]),
  ];
}

/** Of a gateway that someone else runs, nobody here can see the pods. */
function someoneElses({ settings }: RenderedMesh): boolean {
  return settings.gateways.some(({ createdBy }) => createdBy === "someone-else");
}

function istioGateways(mesh: RenderedMesh, gateways: readonly KubernetesObject[]): readonly Finding[] {
  if (someoneElses(mesh)) return [];
  return ofKind(mesh.own, "Gateway", "networking.istio.io").flatMap((object) => {
    const selector = labelsAt(object.body, "spec", "selector");
    const chosen = gateways.filter((workload) => hasLabels(podLabels(workload), selector));
    return wrongNumber(object, selector, chosen);
  });
}

function services(mesh: RenderedMesh, { charted, provisioned, complete }: MeshWorkloads): readonly Finding[] {
  if (someoneElses(mesh) || (!complete && createdByIstiod(mesh))) return [];
  // The chart writes a Service for each tag of a remote control plane too; it is a note to istiod, and selects nothing.
  const istiodsHere = istiodsOf(mesh).every(isHere);
  const created = istiodsHere ? mesh.releases.flatMap(({ objects }) => objects) : [];
  return [...ofKind(mesh.own, "Service"), ...ofKind(created, "Service")].flatMap((object) => {
    const selector = labelsAt(object.body, "spec", "selector");
    if (Object.keys(selector).length === 0) return [];
    const chosen = [...charted, ...provisioned].filter(
      (workload) => namespaceOf(workload) === namespaceOf(object) && hasLabels(podLabels(workload), selector),
    );
    return wrongNumber(object, selector, chosen);
  });
}

/** Without istiod's own code nobody can say what it would make of a Gateway. */
function createdByIstiod({ own }: RenderedMesh): boolean {
  return ofKind(own, "Gateway", "gateway.networking.k8s.io").length > 0;
}

function wrongNumber(object: KubernetesObject, selector: object, chosen: readonly KubernetesObject[]) {
  return findingIf(chosen.length !== 1, check, {
    where: titleOf(object),
    message: `${JSON.stringify(selector)} selects the pods of ${
      chosen.length === 0 ? "nothing" : chosen.map(titleOf).join(" and ")
    }`,
  });
}

/** PodDisruptionBudgets and autoscalers must be about the workload they stand beside. */
function budgets(mesh: RenderedMesh, { charted, provisioned }: MeshWorkloads): readonly Finding[] {
  const created = [...mesh.releases.flatMap(({ objects }) => objects), ...provisioned];
  const workloads = [...charted, ...provisioned];
  const beside = (object: KubernetesObject, fits: (workload: KubernetesObject) => boolean) =>
    workloads.filter(
      (one) =>
        one.origin === object.origin &&
        namespaceOf(one) === namespaceOf(object) &&
        "template" in blockAt(one.body, "spec") &&
        fits(one),
    );
  return [
    ...ofKind(created, "PodDisruptionBudget").flatMap((object) => {
      const selector = blockAt(object.body, "spec", "selector");
      return wrongNumber(
        object,
        selector,
        beside(object, (one) => selects(selector, podLabels(one))),
      );
    }),
    ...ofKind(created, "HorizontalPodAutoscaler").flatMap((object) => {
      const target = blockAt(object.body, "spec", "scaleTargetRef");
      const fits = (one: KubernetesObject) =>
        nameOf(one) === textAt(target, "name") && kindOf(one) === textAt(target, "kind");
      return wrongNumber(object, target, beside(object, fits));
    }),
  ];
}

/** A workload selects its own pods; so does everything that spreads them. */
export function findOwnPods(workloads: readonly KubernetesObject[]): readonly Finding[] {
  return workloads
    .filter((workload) => containersOf(workload).length > 0)
    .flatMap((workload) => {
      const labels = podLabels(workload);
      const constraints = listAt(templateOf(workload), "spec", "topologySpreadConstraints") as readonly Block[];
      return [
        ...findingIf(!selects(blockAt(workload.body, "spec", "selector"), labels), check, {
          where: titleOf(workload),
          message: "it does not select its own pods",
        }),
        ...constraints.flatMap((constraint) =>
          findingIf(!spreadsOwn(constraint, labels), check, {
            where: titleOf(workload),
            message: `its spreading over ${textAt(constraint, "topologyKey")} counts other pods than its own`,
          }),
        ),
      ];
    });
}

function spreadsOwn(constraint: Block, labels: Readonly<Record<string, string>>): boolean {
  return at(constraint, "labelSelector") !== undefined && selects(blockAt(constraint, "labelSelector"), labels);
}
