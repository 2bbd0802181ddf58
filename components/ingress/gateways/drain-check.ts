import { writtenMeshConfigs } from "../../control-plane/charts/values/written-mesh-configs";
import { valueAt } from "../../inputs/path";
import type { MeshSettings } from "../../plan/settings";
import { drainDurations } from "./drain-config";

/** The mesh's default does not reach gateways that have a drain time of their own. */
export function warnOfDrainDurations({
  controlPlane,
  gateways,
}: Pick<MeshSettings, "controlPlane" | "gateways">): readonly string[] {
  const drained = gateways.filter(({ drainSeconds }) => drainSeconds !== undefined);
  return writtenMeshConfigs(controlPlane).flatMap(({ path, config }) =>
    drainDurations.flatMap((duration) => {
      const given = valueAt(config, ["defaultConfig", duration]);
      const others = drained.filter(({ drainSeconds }) => given !== `${String(drainSeconds)}s`);
      if (given === undefined || others.length === 0) return [];
      const listed = others.map(({ name, drainSeconds }) => `"${name}" ${String(drainSeconds)} seconds`).join(", ");
      return [
        `${path}.defaultConfig.${duration}: it holds for sidecars, waypoints and the egress gateway. Gateways behind a load ` +
          `balancer drain as long as gateway.drainSeconds: ${listed}.`,
      ];
    }),
  );
}
