import { problemIf } from "../inputs/problem";
import type { Problem, Resolved } from "../plan/problem";
import type { TelemetrySettings, TracingSettings } from "../plan/telemetry-settings";
import { AccessLogs, Dataplane, Profile, TracingProvider } from "../plan/enums";
import type { TelemetryArgs, TracingArgs } from "./telemetry-args";
import { planExtensionProviders } from "./extension-providers";
import { checkMeshConfig, checkProviders } from "./mesh-config-check";
import type { TelemetryContext } from "./telemetry-context";

/** Percent of requests that are traced; the profile `demo` presets access logs in the charts' own words. */
const usualSampling = 1;
const demoSampling = 100;

/** Fills in the defaults of `telemetry` and checks it. */
export function resolveTelemetry(args: TelemetryArgs, context: TelemetryContext): Resolved<TelemetrySettings> {
  const { tracing } = args;
  const { meshConfig, meshConfigsInValues: inValues } = context;
  const settings = {
    accessLogs: args.accessLogs,
    tracing: tracing === undefined ? undefined : tracingOf(tracing, context),
  };
  return {
    settings,
    problems: [
      ...(tracing === undefined ? [] : checkTracing(tracing, context)),
      ...checkMeshConfig(settings, [meshConfig, ...inValues]),
      ...checkProviders(planExtensionProviders(settings), meshConfig, inValues),
    ],
    warnings: [...warnOfOthersMeshConfig(settings, context), ...warnOfUnseenRequests(settings, context)],
  };
}

function tracingOf(args: TracingArgs, { profile, jaeger, xray }: TelemetryContext): TracingSettings {
  const { samplingPercentage = profile === Profile.Demo ? demoSampling : usualSampling } = args;
  const rest = { samplingPercentage, customTags: args.customTags ?? {} };
  if (args.provider === TracingProvider.Xray) return { ...rest, collector: xray.address, xray: xray.chart };
  const { service = "", port = 4317 } = args;
  const collector = args.service === undefined && jaeger !== undefined ? jaeger : { service, port };
  return { ...rest, collector, xray: undefined };
}

const path = "telemetry.tracing";

function checkTracing(args: TracingArgs, { jaeger }: TelemetryContext): readonly Problem[] {
  const foreign = args.provider === TracingProvider.Xray ? (["service", "port"] as const) : (["collector"] as const);
  return [
    ...foreign.flatMap((member) =>
      problemIf(args[member] !== undefined, `${path}.${member}`, {
        given: args[member],
        allowed: `nothing with provider "${args.provider}"${foreign.length > 1 ? ", whose collector the mesh installs" : ""}`,
        suggestion: "remove it, or change the provider",
      }),
    ),
    ...problemIf(args.provider === TracingProvider.Otlp && args.service === undefined && jaeger === undefined, path, {
      given: args,
      allowed: 'with provider "otlp": the Service of a collector, or the add-on jaeger',
      suggestion: "write service: <name>.<namespace>.svc.cluster.local, or addons: { jaeger: {} }",
    }),
    ...problemIf(args.service === undefined && args.port !== undefined && jaeger !== undefined, `${path}.port`, {
      given: args.port,
      allowed: "nothing without service: the add-on jaeger has a port of its own",
      suggestion: "remove it, or name the service",
    }),
  ];
}

/** istiod is configured where it is installed. */
function warnOfOthersMeshConfig(
  { accessLogs, tracing }: TelemetrySettings,
  { profile }: TelemetryContext,
): readonly string[] {
  if (profile !== Profile.Empty && profile !== Profile.Remote) return [];
  const needed = [
    ...(accessLogs === AccessLogs.Json ? ["accessLogs"] : []),
    ...(tracing === undefined ? [] : ["tracing"]),
  ];
  return needed.map(
    (member) =>
      `telemetry.${member}: with profile ${profile} istiod is configured elsewhere; its meshConfig.extensionProviders must ` +
      "have the provider that docs/telemetry.md shows.",
  );
}

/** ztunnel carries connections and never looks into them. */
function warnOfUnseenRequests(
  { accessLogs, tracing }: TelemetrySettings,
  { namespaces }: TelemetryContext,
): readonly string[] {
  const asked = [
    ...(accessLogs === undefined || accessLogs === AccessLogs.Off ? [] : ["accessLogs"]),
    ...(tracing === undefined ? [] : ["tracing"]),
  ];
  const unseen = namespaces.filter(
    ({ dataplane, waypoint }) => dataplane === Dataplane.Ambient && waypoint === undefined,
  );
  if (asked.length === 0 || unseen.length === 0) return [];
  return [
    `telemetry.${asked.join(", telemetry.")}: of requests between pods of ${unseen.map(({ name }) => name).join(", ")} ` +
      "nothing is seen: in ambient mode only gateways and waypoints see requests; set waypoint: true there.",
  ];
}
