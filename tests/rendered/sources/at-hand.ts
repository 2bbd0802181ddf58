import semver from "semver";
import type { ChartSet } from "./chart-set";
import { type Render, renderer } from "./helm";
import { moduleCharts } from "./module-charts";
import { Prover } from "./prover";
import { publishedCharts } from "./published-charts";

/** What this machine has to prove the component with. */
export interface AtHand {
  readonly charts: readonly ChartSet[];
  readonly render: Render;
  /** None: there is no Go, and what only Istio's and Kubernetes' own code can say is left out. */
  readonly prover: Prover | undefined;
}

/** Looks what is there; a text tells what is missing. */
export async function atHand(): Promise<AtHand | string> {
  const prover = await Prover.start();
  const render = renderer(prover);
  if (render === undefined) return "neither go nor helm is on the PATH, so no chart can be rendered";
  const published = await publishedCharts();
  const own = prover === undefined ? [] : [await moduleCharts()];
  const charts = [...own.filter(({ version }) => !published.some((set) => set.version === version)), ...published];
  if (charts.length === 0) return "there is no go to fetch charts with, and ISTIO_CHARTS names none";
  return { charts: [...charts].sort((one, other) => semver.compare(one.version, other.version)), render, prover };
}

let known: Promise<AtHand | string> | undefined;

/** The same for every test file of a run: charts and schemas are loaded once. */
export function sharedAtHand(): Promise<AtHand | string> {
  known ??= atHand();
  return known;
}
