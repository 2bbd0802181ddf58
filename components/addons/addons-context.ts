import type { ControlPlaneSettings } from "../plan/settings";
import type { TelemetrySettings } from "../plan/telemetry-settings";
import { jaegerCollectorAddress } from "./jaeger-plan";

/** What add-ons must know of the mesh. */
export interface AddonsContext {
  /** Whether spans are sent anywhere at all, and whether to a collector of someone else's. */
  readonly traces: "none" | "jaeger" | "elsewhere";
}

/** What `addons` must know, from the settings of other capabilities. */
export function addonsContext({ namespace }: ControlPlaneSettings, { tracing }: TelemetrySettings): AddonsContext {
  if (tracing === undefined) return { traces: "none" };
  const { service } = jaegerCollectorAddress(namespace);
  return { traces: tracing.collector.service === service ? "jaeger" : "elsewhere" };
}
