import { jaegerCollectorAddress } from "./jaeger-plan";
import { resolveAddons } from "./resolve-addons-args";
import type { IstioMeshArgs } from "../istio-mesh-args";
import type { AddonsSettings } from "../plan/addon-settings";
import type { Resolved } from "../plan/problem";
import type { ControlPlaneSettings } from "../plan/settings";
import type { TelemetrySettings } from "../plan/telemetry-settings";

/** Resolves `addons` with what they must know of the mesh. */
export function resolveAddonsOf(
  { addons = {} }: IstioMeshArgs,
  { namespace }: ControlPlaneSettings,
  { tracing }: TelemetrySettings,
): Resolved<AddonsSettings> {
  const { service } = jaegerCollectorAddress(namespace);
  const traces = tracing === undefined ? "none" : tracing.collector.service === service ? "jaeger" : "elsewhere";
  return resolveAddons(addons, { traces });
}
