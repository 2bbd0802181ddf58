import { logicalNames } from "../logical-names";
import type { ManagedPrometheusSettings, PrometheusSettings } from "../plan/addon-settings";
import type { Tree } from "../plan/input-value";
import type { PodRolePlan } from "../plan/pod-role";
import { type AddonPlace, type AddonRelease, fewResources, outsideMesh, volumeOf } from "./addon-release";
import { planPodRole } from "./pod-role-plan";
import { planScrapeConfigs } from "./scrape-configs";

const name = "prometheus";
/** The port that Istio's and Kiali's own instructions name. */
export const prometheusPort = 9090;

/** Plans the role by which Prometheus writes to a workspace of Amazon's, and to no other. */
export function planPrometheusRole(managed: ManagedPrometheusSettings, place: AddonPlace): PodRolePlan {
  const bearer = {
    addon: name,
    description: "Lets the mesh's Prometheus write to Amazon Managed Service for Prometheus",
    namespace: place.namespace,
    serviceAccount: name,
  };
  return planPodRole(bearer, { actions: ["aps:RemoteWrite"], resource: managed.workspaceArn }, place);
}

/** Plans Prometheus: one pod that asks the mesh's pods, and keeps what they answer. */
export function planPrometheus(settings: PrometheusSettings, place: AddonPlace): AddonRelease {
  const { chart, retention, resources, storage, managed } = settings;
  return {
    name: logicalNames.addon(name),
    path: "addons.prometheus",
    releaseName: name,
    chart,
    defaults: {
      ...Object.fromEntries(others.map((subchart) => [subchart, { enabled: false }])),
      server: {
        retention,
        resources,
        podLabels: outsideMesh,
        global: { scrape_interval: "15s" },
        persistentVolume: storage === undefined ? { enabled: false } : { enabled: true, ...volumeOf(storage) },
        ...(managed === undefined ? {} : { remoteWrite: [remoteWrite(managed, place)] }),
      },
      configmapReload: { prometheus: { resources: fewResources } },
      scrapeConfigs: planScrapeConfigs(),
    },
    required: {
      serviceAccounts: { server: { create: true, name } },
      server: { fullnameOverride: name, service: { servicePort: prometheusPort } },
    },
    deferred: managed === undefined ? [] : [deferredUrl(managed)],
    after: managed === undefined ? [] : [logicalNames.permissions(name), logicalNames.podIdentity(name)],
  };
}

/** What the chart would install besides, for clusters and not for meshes. */
const others = ["alertmanager", "kube-state-metrics", "prometheus-node-exporter", "prometheus-pushgateway"];

function remoteWrite({ region }: ManagedPrometheusSettings, place: AddonPlace): Tree {
  return {
    sigv4: { region: region === undefined ? place.region() : region },
    // What AWS recommends, so that a burst is not refused.
    queue_config: { max_samples_per_send: 1000, max_shards: 200, capacity: 2500 },
  };
}

function deferredUrl({ endpoint }: ManagedPrometheusSettings) {
  return { path: ["server", "remoteWrite", 0, "url"], value: { concat: [endpoint, "api/v1/remote_write"] } };
}
