import { addonCharts } from "../addons/addon-charts";
import { resolveChart } from "../addons/chart-settings-args";
import { jaegerCollectorAddress } from "../addons/jaeger-plan";
import { xrayCollectorAddress } from "../addons/xray-collector-plan";
import type { AddonsArgs } from "../addons/addons-args";
import { meshConfigsInValues, ownMeshConfig } from "../control-plane/charts/written-mesh-configs";
import { valueAt } from "../inputs/path";
import type { Resolved } from "../plan/problem";
import type { ControlPlaneSettings, NamespaceSettings } from "../plan/settings";
import type { TelemetrySettings } from "../plan/telemetry-settings";
import { planExtensionProviders } from "./extension-providers";
import { checkMeshConfig, checkProviders } from "./mesh-config-check";
import type { TelemetryArgs } from "./telemetry-args";
import { resolveTelemetry } from "./resolve-telemetry-args";

/** The arguments of a mesh that decide what it reports, and to whom. */
export interface MeshTelemetryArgs {
  readonly telemetry?: TelemetryArgs;
  readonly addons?: AddonsArgs;
}

/** Resolves `telemetry` with what it must know of the mesh. */
export function resolveTelemetryOf(
  { telemetry = {}, addons = {} }: MeshTelemetryArgs,
  controlPlane: ControlPlaneSettings,
  namespaces: readonly NamespaceSettings[],
): Resolved<TelemetrySettings> {
  const { profile, namespace } = controlPlane;
  const xray = {
    chart: resolveChart(telemetry.tracing?.collector ?? {}, addonCharts.xrayCollector),
    address: xrayCollectorAddress(namespace),
  };
  const jaeger = addons.jaeger === undefined ? undefined : jaegerCollectorAddress(namespace);
  const resolved = resolveTelemetry(telemetry, { profile, namespaces, jaeger, xray });
  const { settings } = resolved;
  const meshConfig = ownMeshConfig(controlPlane);
  const inValues = meshConfigsInValues(controlPlane);
  return {
    ...resolved,
    problems: [
      ...resolved.problems,
      ...checkMeshConfig(settings, [meshConfig, ...inValues]),
      ...checkProviders(planExtensionProviders(settings), meshConfig, inValues),
    ],
  };
}

/** The control plane with the providers that logs and traces need, joined to those of the user. */
export function withProviders(controlPlane: ControlPlaneSettings, telemetry: TelemetrySettings): ControlPlaneSettings {
  const ours = planExtensionProviders(telemetry);
  if (ours.length === 0) return controlPlane;
  const theirs = valueAt(controlPlane.meshConfig, ["extensionProviders"]);
  const extensionProviders = [...(Array.isArray(theirs) ? (theirs as unknown[]) : []), ...ours];
  return { ...controlPlane, meshConfig: { ...controlPlane.meshConfig, extensionProviders } };
}
