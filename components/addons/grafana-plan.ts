import { logicalNames } from "../logical-names";
import type { GrafanaSettings } from "../plan/addon-settings";
import type { InputValue, Tree } from "../plan/input-value";
import { istioDashboards } from "./addon-charts";
import { checkGrafanaSecrets } from "./grafana-secrets-check";
import { type AddonRelease, fewResources, outsideMesh, volumeOf } from "./addon-release";

const name = "grafana";
/** The port that Istio's own instructions name. */
export const grafanaPort = 3000;

/** What Grafana shows. */
export interface GrafanaSources {
  readonly prometheus: InputValue;
  /** None: no traces to show. */
  readonly jaeger: string | undefined;
  /** Of the main control plane; ztunnel's dashboard is the one of its release. */
  readonly version: string;
  readonly ztunnel: boolean;
}

/** Plans Grafana. Its chart makes up a password and keeps it in the Secret `grafana`. */
export function planGrafana(settings: GrafanaSettings, sources: GrafanaSources): AddonRelease {
  const { chart, resources, storage, dashboards } = settings;
  return {
    name: logicalNames.addon(name),
    path: "addons.grafana",
    releaseName: name,
    chart,
    defaults: {
      resources,
      podLabels: outsideMesh,
      testFramework: { enabled: false },
      // Its role would be for looking up ConfigMaps and Secrets of others.
      rbac: { create: false },
      ...(storage === undefined
        ? {}
        : // A volume is for one pod at a time, so that the old one must go first.
          {
            persistence: { enabled: true, ...volumeOf(storage, "storageClassName") },
            deploymentStrategy: { type: "Recreate" },
            // As root it would give the volume to Grafana's group, which Kubernetes does already.
            initChownData: { enabled: false },
          }),
      datasources: { "datasources.yaml": { apiVersion: 1, datasources: dataSources(sources) } },
      ...(dashboards ? dashboardValues(sources) : {}),
    },
    required: { fullnameOverride: name, service: { port: grafanaPort } },
    checkValues: checkGrafanaSecrets,
    deferred: [],
    after: [],
  };
}

function dataSources({ prometheus, jaeger }: GrafanaSources): readonly Tree[] {
  const source = { access: "proxy", orgId: 1 };
  return [
    { ...source, name: "Prometheus", uid: "prometheus", type: "prometheus", url: prometheus, isDefault: true },
    ...(jaeger === undefined ? [] : [{ ...source, name: "Jaeger", uid: "jaeger", type: "jaeger", url: jaeger }]),
  ];
}

const folder = "istio";

/** The chart downloads each when the pod starts. */
function dashboardValues({ version, ztunnel }: GrafanaSources): Tree {
  const provider = {
    ...{ name: folder, folder: "Istio", orgId: 1, type: "file", disableDeletion: true },
    options: { path: `/var/lib/grafana/dashboards/${folder}` },
  };
  const datasource = [{ name: "DS_PROMETHEUS", value: "Prometheus" }];
  const published = Object.entries(istioDashboards).map(
    ([dashboard, { id, revision }]) => [dashboard, { gnetId: id, revision, datasource }] as const,
  );
  const url = `https://raw.githubusercontent.com/istio/istio/${version}/manifests/addons/dashboards/ztunnel-dashboard.gen.json`;
  return {
    // The chart's own options would take a dashboard from anybody who says to be grafana.com.
    defaultCurlOptions: "-sfL",
    downloadDashboards: { resources: fewResources },
    dashboardProviders: { "dashboardproviders.yaml": { apiVersion: 1, providers: [provider] } },
    dashboards: {
      [folder]: { ...Object.fromEntries(published), ...(ztunnel ? { ztunnel: { url, datasource } } : {}) },
    },
  };
}
