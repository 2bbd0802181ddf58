import { addonCharts } from "../addons/addon-charts";
import { resolveChart } from "../addons/chart-settings-args";
import { jaegerCollectorAddress } from "../addons/jaeger-plan";
import { xrayCollectorAddress } from "../addons/xray-collector-plan";
import { isTree } from "../control-plane/charts/chart-values";
import { valueAt } from "../inputs/path";
import type { IstioMeshArgs } from "../istio-mesh-args";
import type { Resolved } from "../plan/problem";
import type { ControlPlaneSettings, NamespaceSettings } from "../plan/settings";
import type { TelemetrySettings } from "../plan/telemetry-settings";
import { planExtensionProviders } from "./extension-providers";
import { checkMeshConfig, checkProviders, type WrittenMeshConfig } from "./mesh-config-check";
import { resolveTelemetry } from "./resolve-telemetry-args";

/** Resolves `telemetry` with what it must know of the mesh. */
export function resolveTelemetryOf(
  { telemetry = {}, addons = {} }: IstioMeshArgs,
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

function ownMeshConfig({ meshConfig }: ControlPlaneSettings): WrittenMeshConfig {
  return { path: "istio.meshConfig", config: meshConfig };
}

/** Every place of the user's mesh configuration; a later one wins over an earlier one. */
export function writtenMeshConfigs(controlPlane: ControlPlaneSettings): readonly WrittenMeshConfig[] {
  return [ownMeshConfig(controlPlane), ...meshConfigsInValues(controlPlane)];
}

/** The chart lifts `pilot.x` to `x`, so both ways to write it count. */
function meshConfigsInValues({ values: { istiod } }: ControlPlaneSettings): readonly WrittenMeshConfig[] {
  return [["meshConfig"], ["pilot", "meshConfig"]].flatMap((place) => {
    const config = valueAt(istiod, place);
    return isTree(config) ? [{ path: ["istio.values.istiod", ...place].join("."), config }] : [];
  });
}

/** The control plane with the providers that logs and traces need, joined to those of the user. */
export function withProviders(controlPlane: ControlPlaneSettings, telemetry: TelemetrySettings): ControlPlaneSettings {
  const ours = planExtensionProviders(telemetry);
  if (ours.length === 0) return controlPlane;
  const theirs = valueAt(controlPlane.meshConfig, ["extensionProviders"]);
  const extensionProviders = [...(Array.isArray(theirs) ? (theirs as unknown[]) : []), ...ours];
  return { ...controlPlane, meshConfig: { ...controlPlane.meshConfig, extensionProviders } };
}
