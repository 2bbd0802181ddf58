import type { AddonArgs } from "../inputs/kubernetes/addon-args";
import type { ChartSettings } from "../plan/addon-settings";
import type { AddonChart } from "./addon-charts";

/** The chart that was tested, unless the user names another version or place. */
export function resolveChart(args: AddonArgs, { chart, version, repository }: AddonChart): ChartSettings {
  return {
    chart,
    version: args.version ?? version,
    repository: args.chartRepository ?? repository,
    values: args.values ?? {},
  };
}
