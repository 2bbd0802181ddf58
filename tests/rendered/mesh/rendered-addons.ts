import { type AddonChart, addonCharts } from "../../../components/addons/addon-charts";
import { settingsFrom } from "../../support/settings";
import { addonChartFolder } from "../sources/addon-chart-folder";
import type { ChartTools } from "../sources/chart-tools";
import { textAt } from "../tree";
import type { MeshWorkloads } from "./mesh-workloads";
import { type KubernetesObject, ofKind } from "./kubernetes-object";
import {
  type PlannedRelease,
  type RenderedMesh,
  type RenderedRelease,
  type Subject,
  ownObjects,
  plannedReleases,
  planQuietly,
  renderRelease,
} from "./rendered-mesh";

/** The add-ons of a mesh, as the component plans them and as their charts make them; a text reports what is missing. */
export async function renderAddons({ title, args }: Subject, tools: ChartTools): Promise<RenderedMesh | string> {
  const plan = await planQuietly(args);
  const releases: RenderedRelease[] = [];
  for (const release of plannedReleases(plan)) {
    const chart = chartOf(release);
    if (chart === undefined) continue;
    const found = await addonChartFolder(chart);
    if (typeof found === "string") return found;
    releases.push(await renderRelease(release, { ...found, version: chart.version }, tools));
  }
  return { title, settings: settingsFrom(args), plan, releases, own: ownObjects(plan) };
}

/** Undefined for the charts of Istio. */
function chartOf({ inputs }: PlannedRelease): AddonChart | undefined {
  return Object.values(addonCharts).find(({ chart }) => chart === textAt(inputs, "chart"));
}

const workloadKinds = ["Deployment", "DaemonSet", "StatefulSet"];

/** Their workloads. None is in the mesh, so that nothing is injected. */
export function addonWorkloadsOf({ releases }: RenderedMesh): MeshWorkloads {
  const created = releases.flatMap(({ objects }) => objects);
  return { charted: workloadsOf(created), provisioned: [], applications: [], complete: false };
}

function workloadsOf(objects: readonly KubernetesObject[]): readonly KubernetesObject[] {
  return workloadKinds.flatMap((kind) => ofKind(objects, kind));
}
