import { jaegerCollectorAddress } from "./jaeger-plan";
import type { AddonsArgs } from "./addons-args";
import { resolveAddons } from "./resolve-addons-args";
import type { AddonsSettings } from "../plan/addon-settings";
import type { Resolved } from "../plan/problem";
import type { ControlPlaneSettings } from "../plan/settings";
import type { TelemetrySettings } from "../plan/telemetry-settings";

/** Resolves `addons` with what they must know of the mesh. */
export function resolveAddonsOf(
  addons: AddonsArgs,
  { namespace }: ControlPlaneSettings,
  { tracing }: TelemetrySettings,
): Resolved<AddonsSettings> {
  const { service } = jaegerCollectorAddress(namespace);
  const traces = tracing === undefined ? "none" : tracing.collector.service === service ? "jaeger" : "elsewhere";
  return resolveAddons(addons, { traces });
}
