import type { ChartSettings } from "../plan/addon-settings";
import type { ControlPlaneSettings, NamespaceSettings } from "../plan/settings";
import type { CollectorAddress } from "../plan/telemetry-settings";
import type { Profile } from "../plan/enums";
import type { TelemetryArgs } from "./telemetry-args";
import { addonCharts } from "../addons/addon-charts";
import type { AddonsArgs } from "../addons/addons-args";
import { resolveChart } from "../addons/chart-settings-args";
import { jaegerCollectorAddress } from "../addons/jaeger-plan";
import { xrayCollectorAddress } from "../addons/xray-collector-plan";
import {
  meshConfigsInValues,
  ownMeshConfig,
  type WrittenMeshConfig,
} from "../control-plane/charts/values/written-mesh-configs";

/** What telemetry must know of the mesh around it. */
export interface TelemetryContext {
  readonly profile: Profile;
  readonly namespaces: readonly NamespaceSettings[];
  /** The add-on that takes spans, if it is on. */
  readonly jaeger: CollectorAddress | undefined;
  /** The collector that would take spans for X-Ray. */
  readonly xray: { readonly chart: ChartSettings; readonly address: CollectorAddress };
  /** What the user wrote in `istio.meshConfig`, and in `istio.values`. */
  readonly meshConfig: WrittenMeshConfig;
  readonly meshConfigsInValues: readonly WrittenMeshConfig[];
}

/** The arguments of a mesh that decide what it reports, and to whom. */
export interface MeshTelemetryArgs {
  readonly telemetry?: TelemetryArgs;
  readonly addons?: AddonsArgs;
}

/** What `telemetry` must know, from the arguments and settings of other capabilities. */
export function telemetryContext(
  { telemetry = {}, addons = {} }: MeshTelemetryArgs,
  controlPlane: ControlPlaneSettings,
  namespaces: readonly NamespaceSettings[],
): TelemetryContext {
  const { profile, namespace } = controlPlane;
  return {
    profile,
    namespaces,
    jaeger: addons.jaeger === undefined ? undefined : jaegerCollectorAddress(namespace),
    xray: {
      chart: resolveChart({ ...telemetry.tracing?.collector }, addonCharts.xrayCollector),
      address: xrayCollectorAddress(namespace),
    },
    meshConfig: ownMeshConfig(controlPlane),
    meshConfigsInValues: meshConfigsInValues(controlPlane),
  };
}
