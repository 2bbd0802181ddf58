import { logicalNames } from "../logical-names";
import type { ChartSettings } from "../plan/addon-settings";
import type { Tree } from "../plan/input-value";
import type { PodRolePlan } from "../plan/pod-role";
import type { CollectorAddress } from "../plan/telemetry-settings";
import { type AddonPlace, type AddonRelease, outsideMesh } from "./addon-release";
import { planPodRole } from "./pod-role-plan";

const name = "xray-collector";
const otlpPort = 4317;

/** Where the proxies send their spans. */
export function xrayCollectorAddress(namespace: string): CollectorAddress {
  return { service: `${name}.${namespace}.svc.cluster.local`, port: otlpPort };
}

/** Plans the role of the collector's pods: they may write traces, and nothing else. X-Ray knows no narrower resource. */
export function planXrayRole(place: AddonPlace): PodRolePlan {
  const bearer = {
    addon: name,
    description: "Lets the mesh's OpenTelemetry collector write traces to AWS X-Ray",
    namespace: place.namespace,
    serviceAccount: name,
  };
  return planPodRole(bearer, { actions: ["xray:PutTraceSegments"], resource: "*" }, place);
}

/** What of the traces the collector must know. */
export interface XrayTraces {
  readonly chart: ChartSettings;
  /** Tags by which one will search; X-Ray finds only what is indexed. */
  readonly tags: readonly string[];
}

/** Plans the collector. Its pods get the role when they start, so that the role is theirs before. */
export function planXrayCollector({ chart, tags }: XrayTraces, place: AddonPlace): AddonRelease {
  return {
    name: logicalNames.addon(name),
    path: "telemetry.tracing.collector",
    releaseName: name,
    chart,
    defaults: {
      // The only distribution with the exporter for X-Ray.
      image: { repository: "otel/opentelemetry-collector-contrib" },
      command: { name: "otelcol-contrib" },
      replicaCount: 2,
      podDisruptionBudget: { enabled: true, minAvailable: 1 },
      resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "512Mi" } },
      podLabels: outsideMesh,
      // In place of the chart's pipelines, which take much more than spans.
      alternateConfig: pipeline(tags, place),
      ports: Object.fromEntries(unused.map((port) => [port, { enabled: false }])),
    },
    required: {
      mode: "deployment",
      fullnameOverride: name,
      serviceAccount: { create: true, name },
    },
    deferred: [],
    after: [logicalNames.permissions(name), logicalNames.podIdentity(name)],
  };
}

/** Ports of the chart on which nothing would listen. */
const unused = ["otlp-http", "jaeger-compact", "jaeger-thrift", "jaeger-grpc", "zipkin"];

function pipeline(tags: readonly string[], { region }: AddonPlace): Tree {
  return {
    extensions: { health_check: { endpoint: "${env:MY_POD_IP}:13133" } },
    receivers: { otlp: { protocols: { grpc: { endpoint: `\${env:MY_POD_IP}:${otlpPort}` } } } },
    processors: {
      memory_limiter: { check_interval: "5s", limit_percentage: 80, spike_limit_percentage: 25 },
      batch: {},
    },
    exporters: {
      awsxray: {
        region: region(),
        // Pods cannot always ask the instance what it is, and need not.
        local_mode: true,
        ...(tags.length === 0 ? {} : { indexed_attributes: tags }),
      },
    },
    service: {
      extensions: ["health_check"],
      pipelines: { traces: { receivers: ["otlp"], processors: ["memory_limiter", "batch"], exporters: ["awsxray"] } },
    },
  };
}
