import { valueAt } from "../../../inputs/path";
import type { Tree } from "../../../plan/input-value";
import type { ControlPlaneSettings } from "../../../plan/settings";
import { isTree } from "./chart-values";

/** Mesh configuration that the user wrote, and where. */
export interface WrittenMeshConfig {
  readonly path: string;
  readonly config: Tree;
}

/** Every place of the user's mesh configuration; a later one wins over an earlier one. */
export function writtenMeshConfigs(controlPlane: ControlPlaneSettings): readonly WrittenMeshConfig[] {
  return [ownMeshConfig(controlPlane), ...meshConfigsInValues(controlPlane)];
}

/** What stands in `istio.meshConfig`. */
export function ownMeshConfig({ meshConfig }: ControlPlaneSettings): WrittenMeshConfig {
  return { path: "istio.meshConfig", config: meshConfig };
}

/** What stands in `istio.values`. The chart flattens `pilot.x` to `x`, so both ways to write it count. */
export function meshConfigsInValues({ values: { istiod } }: ControlPlaneSettings): readonly WrittenMeshConfig[] {
  return [["meshConfig"], ["pilot", "meshConfig"]].flatMap((place) => {
    const config = valueAt(istiod, place);
    return isTree(config) ? [{ path: ["istio.values.istiod", ...place].join("."), config }] : [];
  });
}
