import semver from "semver";
import { istioMinors } from "../../../components/control-plane/charts/versions";
import { type ChartSet, minorText } from "./chart-set";
import { type Render, renderer } from "./helm";
import { moduleCharts, releasedCharts } from "./module-charts";
import { Validator } from "./validator";
import { publishedCharts } from "./published-charts";

/** What this machine has to test the component with. */
export interface ChartTools {
  readonly charts: readonly ChartSet[];
  readonly render: Render;
  /** None: there is no Go, and what only Istio's and Kubernetes' own code can say is left out. */
  readonly validator: Validator | undefined;
}

/** Looks what is there; a text reports what is missing. */
export async function findChartTools(): Promise<ChartTools | string> {
  const validator = await Validator.start();
  const render = renderer(validator);
  if (render === undefined) return "neither go nor helm is on the PATH, so no chart can be rendered";
  const published = await publishedCharts();
  const charts = validator === undefined ? published : await withModules(published);
  if (charts.length === 0) return "there is no go to fetch charts with, and ISTIO_CHARTS names none";
  return { charts: [...charts].sort((one, other) => semver.compare(one.version, other.version)), render, validator };
}

/** What is still missing of the versions table comes from Go's module proxy, as far as that gives it. */
async function withModules(published: readonly ChartSet[]): Promise<readonly ChartSet[]> {
  const own = await moduleCharts();
  const charts = published.some(({ version }) => version === own.version) ? published : [own, ...published];
  const missing = istioMinors.filter(({ minor }) => !charts.some(({ version }) => minorText(version) === minor));
  const released = await Promise.all(missing.map(({ newestPatch }) => releasedCharts(newestPatch)));
  return [...charts, ...released.filter((set) => set !== undefined)];
}

let known: Promise<ChartTools | string> | undefined;

/** The same for every test file of a run: charts and schemas are loaded once. */
export function sharedChartTools(): Promise<ChartTools | string> {
  known ??= findChartTools();
  return known;
}
