import type { Tree } from "../plan/input-value";
import type { TelemetrySettings } from "../plan/telemetry-settings";
import { AccessLogs } from "../plan/enums";
import { valueAt } from "../inputs/path";
import type { ControlPlaneSettings } from "../plan/settings";

/** Names of the providers that Telemetry objects name. */
export const providerNames = {
  /** Istio's own: one line of text on standard output. */
  text: "envoy",
  json: "istio-eks-json-access-log",
  tracing: "istio-eks-tracing",
} as const;

/** The mesh configuration's providers that logs and traces of these settings need. */
export function planExtensionProviders({ accessLogs, tracing }: TelemetrySettings): readonly Tree[] {
  return [
    ...(accessLogs === AccessLogs.Json ? [jsonAccessLog] : []),
    ...(tracing === undefined
      ? []
      : [
          {
            name: providerNames.tracing,
            opentelemetry: {
              ...tracing.collector,
              // Says of each span which cluster and pod it comes from.
              resourceDetectors: { environment: {} },
            },
          },
        ]),
  ];
}

/** Labels left empty are Istio's own choice of fields. A provider of ours, so that `accessLogEncoding` need not be touched. */
const jsonAccessLog: Tree = {
  name: providerNames.json,
  envoyFileAccessLog: { path: "/dev/stdout", logFormat: { labels: {} } },
};

/** The control plane with the providers that logs and traces need, joined to those of the user. */
export function withProviders(controlPlane: ControlPlaneSettings, telemetry: TelemetrySettings): ControlPlaneSettings {
  const ours = planExtensionProviders(telemetry);
  if (ours.length === 0) return controlPlane;
  const theirs = valueAt(controlPlane.meshConfig, ["extensionProviders"]);
  const extensionProviders = [...(Array.isArray(theirs) ? (theirs as unknown[]) : []), ...ours];
  return { ...controlPlane, meshConfig: { ...controlPlane.meshConfig, extensionProviders } };
}
