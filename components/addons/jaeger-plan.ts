import { logicalNames } from "../logical-names";
import type { JaegerSettings, StorageSettings } from "../plan/addon-settings";
import type { KubernetesObjectPlan } from "../plan/kubernetes-object";
import type { Tree } from "../plan/input-value";
import type { CollectorAddress } from "../plan/telemetry-settings";
import { type AddonRelease, outsideMesh } from "./addon-release";

const name = "jaeger";
export const jaegerPort = 16686;
/** The same for programs, by gRPC. */
export const jaegerQueryPort = 16685;

/** Where the proxies send their spans. */
export function jaegerCollectorAddress(namespace: string): CollectorAddress {
  return { service: `${name}.${namespace}.svc.cluster.local`, port: 4317 };
}

/** Plans Jaeger as one pod. Without storage it keeps traces in memory, by its own configuration. */
export function planJaeger({ chart, resources, storage, retention }: JaegerSettings): AddonRelease {
  return {
    name: logicalNames.addon(name),
    path: "addons.jaeger",
    releaseName: name,
    chart,
    defaults: {
      jaeger: {
        ...{ resources, podLabels: outsideMesh },
        // Its own configuration listens on the loopback interface by default.
        extraEnv: [{ name: "JAEGER_LISTEN_HOST", value: "0.0.0.0" }],
        ...(storage === undefined ? {} : volume),
      },
      ...(storage === undefined ? {} : { userconfig: configuration(retention) }),
    },
    required: { fullnameOverride: name },
    deferred: [],
    after: storage === undefined ? [] : [logicalNames.volumeClaim(name)],
  };
}

const claim = "jaeger-traces";
const folder = "/badger";

const volume = {
  extraVolumes: [{ name: "traces", persistentVolumeClaim: { claimName: claim } }],
  extraVolumeMounts: [{ name: "traces", mountPath: folder }],
};

/** Plans the volume, which the chart does not make. */
export function planJaegerVolume(
  { size, storageClass }: StorageSettings,
  place: { readonly namespace: string; readonly after: readonly string[] },
): KubernetesObjectPlan {
  return {
    name: logicalNames.volumeClaim(name),
    after: place.after,
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name: claim, namespace: place.namespace, annotations: { "pulumi.com/skipAwait": "true" } },
    body: {
      spec: {
        accessModes: ["ReadWriteOnce"],
        resources: { requests: { storage: size } },
        ...(storageClass === undefined ? {} : { storageClassName: storageClass }),
      },
    },
  };
}

/** Jaeger's own configuration for one pod, with Badger in place of memory. Source: cmd/jaeger/config-badger.yaml of jaegertracing/jaeger */
function configuration(retention: string): Tree {
  const any = "0.0.0.0";
  return {
    service: {
      extensions: ["jaeger_storage", "jaeger_query", "healthcheckv2"],
      pipelines: { traces: { receivers: ["otlp"], processors: ["batch"], exporters: ["jaeger_storage_exporter"] } },
    },
    extensions: {
      healthcheckv2: { use_v2: true, http: { endpoint: `${any}:13133` } },
      jaeger_query: {
        storage: { traces: "kept" },
        grpc: { endpoint: `${any}:${jaegerQueryPort}` },
        http: { endpoint: `${any}:${jaegerPort}` },
      },
      jaeger_storage: {
        backends: {
          kept: {
            badger: {
              directories: { keys: `${folder}/keys`, values: `${folder}/values` },
              ephemeral: false,
              ttl: { spans: retention },
            },
          },
        },
      },
    },
    receivers: {
      otlp: { protocols: { grpc: { endpoint: `${any}:4317` }, http: { endpoint: `${any}:4318` } } },
    },
    processors: { batch: {} },
    exporters: { jaeger_storage_exporter: { trace_storage: "kept" } },
  };
}
