import { type Plan, planMesh } from "../../../cli/plan/plan";
import { answerWith, exampleFacts } from "../../../cli/plan/example-facts";
import { mergeLayers } from "../../../components/control-plane/charts/values/chart-values";
import { settingsFrom } from "../../support/settings";
import type { ChartName } from "../../../components/plan/enums";
import type { MeshSettings } from "../../../components/plan/settings";
import type { ChartTools } from "../sources/chart-tools";
import { type ChartSet, chartNames, minorText } from "../sources/chart-set";
import { type Block, blockAt, isBlock, textAt } from "../tree";
import { type KubernetesObject, kindOf, nameOf, namespaceOf } from "./kubernetes-object";

/** A release of the plan, rendered. */
export interface RenderedRelease {
  /** Logical name of the resource. */
  readonly name: string;
  readonly release: string;
  readonly chart: string;
  readonly version: string;
  readonly namespace: string;
  readonly values: Block;
  /** Folder of the chart it was rendered with, and the release that chart is of: the same, or another patch. */
  readonly folder: string;
  readonly chartVersion: string;
  readonly objects: readonly KubernetesObject[];
  readonly notes: string;
}

/** A mesh as the component plans it and as the charts make it. */
export interface RenderedMesh {
  /** Name of the stack or case, and the charts. */
  readonly title: string;
  /** What the user asked for, defaults filled in. */
  readonly settings: MeshSettings;
  readonly plan: Plan;
  readonly releases: readonly RenderedRelease[];
  /** The Kubernetes objects that the component makes itself. */
  readonly own: readonly KubernetesObject[];
}

/** The arguments of a mesh and what they are called. */
export interface Subject {
  readonly title: string;
  readonly args: Block;
}

/** Plans a mesh with the component itself, and renders the releases of the plan. */
export async function renderMesh({ title, args }: Subject, tools: ChartTools): Promise<RenderedMesh> {
  const plan = await planQuietly(args);
  const releases = await Promise.all(
    plannedReleases(plan)
      .filter(({ inputs }) => isIstios(inputs))
      .map(({ name, inputs }) => {
        const set = chartsFor(textAt(inputs, "version"), tools.charts);
        return renderRelease({ name, inputs }, { folder: set.charts[chartOf(inputs)], version: set.version }, tools);
      }),
  );
  return { title, settings: settingsFrom(args), plan, releases, own: ownObjects(plan) };
}

/** A release as the plan has it. */
export interface PlannedRelease {
  /** Logical name. */
  readonly name: string;
  readonly inputs: unknown;
}

export function plannedReleases({ resources }: Plan): readonly PlannedRelease[] {
  return resources.filter(({ type }) => type === "kubernetes:helm.sh/v3:Release");
}

/** Charts of add-ons are other projects' own: rendered-addons.ts. */
function isIstios(inputs: unknown): boolean {
  return chartNames.includes(chartOf(inputs));
}

function chartOf(inputs: unknown): ChartName {
  return textAt(inputs, "chart").split("/").slice(-1).join("") as ChartName;
}

/** The plan has the warnings; on the screen they would drown what is found. */
export async function planQuietly(args: Block): Promise<Plan> {
  const { warn } = console;
  console.warn = () => undefined;
  try {
    return await planMesh(args, answerWith(exampleFacts({})));
  } finally {
    console.warn = warn;
  }
}

/** Renders a release with the chart in a folder, and says of which release of the chart that is. */
export async function renderRelease(
  { name, inputs }: PlannedRelease,
  { folder, version: chartVersion }: { readonly folder: string; readonly version: string },
  { render }: Pick<ChartTools, "render">,
): Promise<RenderedRelease> {
  const [release, namespace, version] = [
    textAt(inputs, "name"),
    textAt(inputs, "namespace"),
    textAt(inputs, "version"),
  ];
  const chart = chartOf(inputs);
  const values = blockAt(inputs, "values");
  const { objects, notes } = await render({ chart: folder, release, namespace, values });
  const created = objects.map((body) => ({ origin: `release ${release}`, body: inNamespace(body, namespace) }));
  const rendered = { folder, chartVersion, objects: created, notes };
  return { name, release, chart, version, namespace, values, ...rendered };
}

/** Charts of the very version, else of its minor. */
export function chartsFor(version: string, charts: readonly ChartSet[]): ChartSet {
  const found =
    charts.find((set) => set.version === version) ??
    charts.find((set) => minorText(set.version) === minorText(version));
  if (found === undefined) throw new Error(`no charts of Istio ${minorText(version)} are at hand`);
  return found;
}

/** Kinds that have no namespace. */
const clusterWide =
  /^(Namespace|CustomResourceDefinition|ClusterRole|ClusterRoleBinding|IngressClass|IngressClassParams|GatewayClass|.*WebhookConfiguration|ValidatingAdmissionPolicy.*|PriorityClass)$/;

/** Helm puts an object without a namespace into the release's. */
function inNamespace(body: Block, namespace: string): Block {
  if (clusterWide.test(textAt(body, "kind")) || textAt(body, "metadata", "namespace") !== "") return body;
  return { ...body, metadata: { ...blockAt(body, "metadata"), namespace } };
}

/**
 * Our objects, each with what later resources patch into it. A patch of someone else's namespace stands for that
 * namespace; one of someone else's pods is no whole object, and says nothing to those who check whole ones.
 */
export function ownObjects({ resources }: Plan): readonly KubernetesObject[] {
  const planned = resources.flatMap(({ name, type, inputs }) => {
    const isObject = type.startsWith("kubernetes:") && !/^kubernetes:(helm\.sh|yaml)/.test(type);
    return isObject && isBlock(inputs) && "kind" in inputs
      ? [{ origin: name, body: withoutSecrets(inputs), patches: type.endsWith("Patch") }]
      : [];
  });
  const whole = planned.filter(({ patches }) => !patches);
  const patches = planned.filter((one) => one.patches);
  const foreign = patches.filter(
    (patch, index) =>
      kindOf(patch) === "Namespace" &&
      !whole.some((object) => areOne(object, patch)) &&
      patches.findIndex((one) => areOne(one, patch)) === index,
  );
  return [...whole, ...foreign].map(({ origin, body }) => ({
    origin,
    body: mergeLayers(body, ...patches.filter((patch) => areOne(patch, { origin, body })).map((patch) => patch.body)),
  }));
}

/** A plan has the data of a Secret in one word, which is no data to those who read objects as the API server does. */
function withoutSecrets(object: Block): Block {
  return typeof object["data"] === "string" ? { ...object, data: {} } : object;
}

function areOne(one: KubernetesObject, other: KubernetesObject): boolean {
  return [kindOf, nameOf, namespaceOf].every((part) => part(one) === part(other));
}
