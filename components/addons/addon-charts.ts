/** A chart that was tested with the values that are written here. */
export interface AddonChart {
  readonly chart: string;
  readonly version: string;
  /** What it installs. */
  readonly application: string;
  readonly repository: string;
}

/** The charts of the add-ons, kept by their own projects. Raising a version is changing a line here. */
export const addonCharts = {
  prometheus: {
    chart: "prometheus",
    version: "29.27.0",
    application: "Prometheus 3.14.0",
    repository: "https://prometheus-community.github.io/helm-charts",
  },
  grafana: {
    chart: "grafana",
    version: "12.11.1",
    application: "Grafana 13.2.0",
    // Grafana's own repository no longer has it.
    repository: "https://grafana-community.github.io/helm-charts",
  },
  kiali: {
    chart: "kiali-server",
    version: "2.29.0",
    application: "Kiali 2.29.0",
    repository: "https://kiali.org/helm-charts",
  },
  jaeger: {
    chart: "jaeger",
    version: "4.11.1",
    application: "Jaeger 2.19.0",
    repository: "https://jaegertracing.github.io/helm-charts",
  },
  xrayCollector: {
    chart: "opentelemetry-collector",
    version: "0.170.0",
    application: "OpenTelemetry Collector 0.158.0",
    repository: "https://open-telemetry.github.io/opentelemetry-helm-charts",
  },
} as const satisfies Readonly<Record<string, AddonChart>>;

/** A dashboard of Istio's at grafana.com. */
export interface IstioDashboard {
  /** Its id there. */
  readonly id: number;
  /** Each release of Istio's is a revision; this one is of 1.29, the newest whose number is known here. */
  readonly revision: number;
}

/** Source: https://grafana.com/orgs/istio/dashboards and samples/addons/README.md of istio/istio */
export const istioDashboards: Readonly<Record<string, IstioDashboard>> = {
  mesh: { id: 7639, revision: 300 },
  service: { id: 7636, revision: 300 },
  workload: { id: 7630, revision: 300 },
  "control-plane": { id: 7645, revision: 300 },
  performance: { id: 11829, revision: 300 },
  wasm: { id: 13277, revision: 258 },
};
