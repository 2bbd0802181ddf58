import { checkResources, type ResourcesArgs } from "../inputs/kubernetes/pod-resources-args";
import { problemIf } from "../inputs/problem";
import type {
  AddonsSettings,
  CloudwatchSettings,
  ExistingSettings,
  GrafanaSettings,
  JaegerSettings,
  KialiSettings,
  PrometheusSettings,
  StorageSettings,
} from "../plan/addon-settings";
import type { Tree } from "../plan/input-value";
import type { Problem, Resolved } from "../plan/problem";
import { addonCharts } from "./addon-charts";
import type {
  AddonsArgs,
  CloudwatchArgs,
  GrafanaArgs,
  JaegerArgs,
  KialiArgs,
  PrometheusArgs,
  StorageArgs,
} from "./addons-args";
import { resolveChart } from "./chart-settings-args";
import type { AddonsContext } from "./addons-context";

/** Fills in the defaults of `addons`, and checks what they need of each other. */
export function resolveAddons(args: AddonsArgs, context: AddonsContext): Resolved<AddonsSettings> {
  const { prometheus, grafana, kiali, jaeger, cloudwatch } = args;
  return {
    settings: {
      prometheus: prometheus === undefined ? undefined : prometheusOf(prometheus),
      grafana: grafana === undefined ? undefined : grafanaOf(grafana),
      kiali: kiali === undefined ? undefined : kialiOf(kiali),
      jaeger: jaeger === undefined ? undefined : jaegerOf(jaeger),
      cloudwatch: cloudwatch === undefined ? undefined : cloudwatchOf(cloudwatch),
    },
    problems: [
      ...checkExisting("prometheus", prometheus),
      ...checkExisting("grafana", grafana),
      ...checkMetrics(args),
      ...checkUnused(args),
      ...Object.entries({ prometheus, grafana, kiali, jaeger }).flatMap(([name, addon]) =>
        checkResources(addon?.resources ?? {}, `addons.${name}.resources`),
      ),
      ...problemIf(jaeger?.retention !== undefined && jaeger.storage === undefined, "addons.jaeger.retention", {
        given: jaeger?.retention,
        allowed: "nothing without storage: in memory the newest 100,000 traces are kept",
        suggestion: "remove it, or set where traces are kept: storage: { size: 20Gi }",
      }),
    ],
    warnings: [...warnOfMemory(args), ...warnOfTraces(args, context)],
  };
}

function prometheusOf(args: PrometheusArgs): PrometheusSettings | ExistingSettings {
  if (args.url !== undefined) return { kind: "existing", url: args.url };
  const { managedPrometheus: managed } = args;
  return {
    kind: "installed",
    chart: resolveChart(args, addonCharts.prometheus),
    retention: args.retention ?? "15d",
    storage: storageOf(args.storage),
    resources: resourcesOf(args, { requests: { cpu: "250m", memory: "512Mi" }, limits: { memory: "2Gi" } }),
    managed:
      managed === undefined
        ? undefined
        : { endpoint: managed.endpoint, workspaceArn: managed.workspaceArn, region: managed.region },
  };
}

function grafanaOf(args: GrafanaArgs): GrafanaSettings | ExistingSettings {
  if (args.url !== undefined) return { kind: "existing", url: args.url };
  return {
    kind: "installed",
    chart: resolveChart(args, addonCharts.grafana),
    storage: storageOf(args.storage),
    resources: resourcesOf(args, { requests: { cpu: "100m", memory: "256Mi" }, limits: { memory: "512Mi" } }),
    dashboards: args.dashboards ?? true,
  };
}

function kialiOf(args: KialiArgs): KialiSettings {
  const resources = resourcesOf(args, { requests: { cpu: "50m", memory: "128Mi" }, limits: { memory: "1Gi" } });
  return { kind: "installed", chart: resolveChart(args, addonCharts.kiali), resources };
}

function jaegerOf(args: JaegerArgs): JaegerSettings {
  return {
    kind: "installed",
    chart: resolveChart(args, addonCharts.jaeger),
    retention: args.retention ?? "72h",
    storage: storageOf(args.storage),
    resources: resourcesOf(args, { requests: { cpu: "100m", memory: "256Mi" }, limits: { memory: "1Gi" } }),
  };
}

function cloudwatchOf({ version, values }: CloudwatchArgs): CloudwatchSettings {
  return { version, configuration: values ?? {} };
}

function storageOf(args: StorageArgs | undefined): StorageSettings | undefined {
  return args === undefined ? undefined : { size: args.size, storageClass: args.storageClass };
}

function resourcesOf({ resources }: { readonly resources?: ResourcesArgs }, usual: Tree): Tree {
  return resources === undefined ? usual : { ...resources };
}

/** Someone else decides how theirs is installed. */
function checkExisting(name: string, args: PrometheusArgs | GrafanaArgs | undefined): readonly Problem[] {
  if (args?.url === undefined) return [];
  return Object.entries(args).flatMap(([member, given]) =>
    problemIf(member !== "url" && given !== undefined, `addons.${name}.${member}`, {
      given,
      allowed: "nothing with url: someone else runs this one",
      suggestion: "remove it, or remove url to have one installed",
    }),
  );
}

/** Both show nothing but metrics. */
function checkMetrics({ prometheus, grafana, kiali }: AddonsArgs): readonly Problem[] {
  const asking = { grafana: grafana?.url === undefined ? grafana : undefined, kiali };
  return Object.entries(asking).flatMap(([name, given]) =>
    problemIf(given !== undefined && prometheus === undefined, `addons.${name}`, {
      given,
      allowed: "only with a Prometheus, whose metrics it shows",
      suggestion: "add prometheus: {}, or prometheus: { url: http://… } for one that is there",
    }),
  );
}

/** An address that nobody goes to. */
function checkUnused({ prometheus, grafana, kiali }: AddonsArgs): readonly Problem[] {
  const own = grafana !== undefined && grafana.url === undefined;
  return [
    ...problemIf(prometheus?.url !== undefined && kiali === undefined && !own, "addons.prometheus.url", {
      given: prometheus?.url,
      allowed: "an address that grafana or kiali goes to; neither is on",
      suggestion: "remove the block, or add kiali: {}",
    }),
    ...problemIf(grafana?.url !== undefined && kiali === undefined, "addons.grafana.url", {
      given: grafana?.url,
      allowed: "an address for Kiali to link to; it is not on",
      suggestion: "remove the block, or add kiali: {}",
    }),
  ];
}

function warnOfMemory({ prometheus, jaeger }: AddonsArgs): readonly string[] {
  const kept = { prometheus: prometheus?.url === undefined ? prometheus : undefined, jaeger };
  const forgetful = Object.entries(kept).filter(([, addon]) => addon !== undefined && addon.storage === undefined);
  if (forgetful.length === 0) return [];
  const names = forgetful.map(([name]) => `addons.${name}`).join(", ");
  return [`${names}: without storage all that was kept is lost when the pod restarts.`];
}

function warnOfTraces({ jaeger }: AddonsArgs, { traces }: AddonsContext): readonly string[] {
  if (jaeger === undefined || traces === "jaeger") return [];
  const why = traces === "none" ? "telemetry.tracing is not set" : "telemetry.tracing leads elsewhere";
  return [`addons.jaeger: ${why}, so that no trace gets there; write telemetry: { tracing: { provider: otlp } }.`];
}
