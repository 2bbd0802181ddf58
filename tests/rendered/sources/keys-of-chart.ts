import { chartKeysTables, type KeyTree } from "../../../components/control-plane/charts/values/chart-keys";
import type { ChartName } from "../../../components/plan/enums";
import type { ChartKeys } from "../checks/chart-reads";
import type { ChartTools } from "./chart-tools";
import { minorText } from "./chart-set";

/** A chart of one release. */
export interface ChartOfRelease {
  readonly chart: string;
  readonly version: string;
  readonly folder: string;
}

/** Reports what a chart reads; undefined where nobody knows. */
export type KeysOf = (chart: ChartOfRelease) => Promise<ChartKeys | undefined>;

const known = new Map<string, Promise<ChartKeys>>();

/** What a chart reads, found out once; where there is no Go, what the committed table of its minor says. */
export function keysOfChart({ validator }: Pick<ChartTools, "validator">): KeysOf {
  if (validator === undefined) return ({ chart, version }) => Promise.resolve(committed(chart, version));
  return ({ folder }) => {
    const found = known.get(folder) ?? validator.ask<ChartKeys>("keys", { chart: folder });
    known.set(folder, found);
    return found;
  };
}

function committed(chart: string, version: string): ChartKeys | undefined {
  const keys = chartKeysTables.find(({ minor }) => minor === minorText(version))?.charts[chart as ChartName];
  if (keys === undefined) return undefined;
  const { reads, flattened, closed, moved } = keys;
  return { reads: pathsOf(reads), flattened: Object.keys(flattened), closed: Object.keys(closed), moved };
}

/** A block is read where anything below it is. */
function pathsOf(tree: KeyTree): readonly string[] {
  return Object.entries(tree).flatMap(([key, below]) => [key, ...pathsOf(below).map((path) => `${key}.${path}`)]);
}
