import type { AddonRelease } from "./addon-release";
import { findContradictions } from "../control-plane/charts/values/chart-values";
import { problem } from "../inputs/problem";
import type { Problem } from "../plan/problem";

/** The user's values may set anything but what another part of the mesh relies on, and what a chart fails for. */
export function checkAddonValues(addons: readonly AddonRelease[]): readonly Problem[] {
  return addons.flatMap(({ path, chart, required, checkValues = none }) => [
    ...findContradictions(chart.values, required).map((contradiction) =>
      problem(`${path}.values.${contradiction.path}`, {
        given: contradiction.given,
        allowed: `${JSON.stringify(contradiction.required)}: the mesh relies on it`,
        suggestion: "remove it",
      }),
    ),
    ...checkValues(chart.values, `${path}.values`),
  ]);
}

const none = (): readonly Problem[] => [];
