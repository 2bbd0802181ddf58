import { logicalNames } from "../logical-names";
import type { KubernetesObjectPlan } from "../plan/kubernetes-object";
import type { Tree } from "../plan/input-value";
import type { TelemetrySettings, TracingSettings } from "../plan/telemetry-settings";
import type { AccessLogs } from "../plan/enums";
import { providerNames } from "./extension-providers";
import type { MeshSettings } from "../plan/settings";
import { afterControlPlane } from "../control-plane/control-plane-plan";
import { afterNamespace } from "../control-plane/namespaces/namespaces-plan";

/** Plans what the mesh logs and traces, after istiod, whose webhook validates it. */
export function planTelemetryObjects(settings: MeshSettings): readonly KubernetesObjectPlan[] {
  const { rootNamespace } = settings.security;
  const after = [...afterNamespace(settings, rootNamespace), ...afterControlPlane(settings)];
  return planTelemetry(settings.telemetry, { rootNamespace, after });
}

/** Where mesh-wide telemetry is said, and what comes before it. */
export interface TelemetryPlace {
  /** The namespace whose policies hold for the whole mesh. */
  readonly rootNamespace: string;
  readonly after: readonly string[];
}

/**
 * Plans what the whole mesh logs and traces, in one object: Istio heeds only one without selector in a namespace.
 * Namespaces and pods may say otherwise in objects of their own.
 */
export function planTelemetry(
  settings: TelemetrySettings,
  { rootNamespace, after }: TelemetryPlace,
): readonly KubernetesObjectPlan[] {
  const { accessLogs, tracing } = settings;
  if (accessLogs === undefined && tracing === undefined) return [];
  return [
    {
      name: logicalNames.telemetry,
      after,
      apiVersion: "telemetry.istio.io/v1",
      kind: "Telemetry",
      metadata: { name: "mesh-default", namespace: rootNamespace },
      body: {
        spec: {
          ...(accessLogs === undefined ? {} : { accessLogging: [accessLogging[accessLogs]] }),
          ...(tracing === undefined ? {} : { tracing: [tracingRule(tracing)] }),
        },
      },
    },
  ];
}

const accessLogging: Readonly<Record<AccessLogs, Tree>> = {
  off: { disabled: true },
  text: { providers: [{ name: providerNames.text }] },
  json: { providers: [{ name: providerNames.json }] },
};

function tracingRule({ samplingPercentage, customTags }: TracingSettings): Tree {
  const tags = Object.entries(customTags).map(([name, value]) => [name, { literal: { value } }] as const);
  return {
    providers: [{ name: providerNames.tracing }],
    randomSamplingPercentage: samplingPercentage,
    ...(tags.length === 0 ? {} : { customTags: Object.fromEntries(tags) }),
  };
}
