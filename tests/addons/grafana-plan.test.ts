import assert from "node:assert/strict";
import { type GrafanaSources, planGrafana } from "../../components/addons/grafana-plan";
import { valueAt } from "../../components/inputs/path";
import type { GrafanaSettings } from "../../components/plan/addon-settings";

const chart = { chart: "grafana", version: "1.0.0", repository: "https://charts.example.com", values: {} };
const usual: GrafanaSettings = { kind: "installed", chart, storage: undefined, resources: {}, dashboards: true };
const sources: GrafanaSources = {
  ...{ prometheus: "http://prometheus.istio-system:9090", jaeger: undefined, version: "1.31.1", ztunnel: false },
};
const values = (settings: Partial<GrafanaSettings> = {}, from: Partial<GrafanaSources> = {}) =>
  planGrafana({ ...usual, ...settings }, { ...sources, ...from }).defaults;
const dashboards = (from: Partial<GrafanaSources> = {}) =>
  valueAt(values({}, from), ["dashboards", "istio"]) as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
const dataSources = (from: Partial<GrafanaSources>) =>
  valueAt(values({}, from), ["datasources", "datasources.yaml", "datasources"]) as readonly Readonly<
    Record<string, unknown>
  >[];

describe("planGrafana", () => {
  it("shows metrics, and traces where there are any", () => {
    assert.deepEqual(
      dataSources({}).map(({ type, url }) => [type, url]),
      [["prometheus", sources.prometheus]],
    );
    const jaeger = "http://jaeger.istio-system:16686";
    assert.deepEqual(
      dataSources({ jaeger }).map(({ type }) => type),
      ["prometheus", "jaeger"],
    );
    assert.equal(dataSources({ jaeger })[1]?.["url"], jaeger);
  });

  it("imports each of Istio's dashboards by its id, in a pinned revision, for the data source of that name", () => {
    const found = dashboards();
    assert.deepEqual(Object.keys(found), ["mesh", "service", "workload", "control-plane", "performance", "wasm"]);
    for (const { gnetId, revision, datasource } of Object.values(found)) {
      assert.ok(Number.isInteger(gnetId) && Number.isInteger(revision));
      assert.deepEqual(datasource, [{ name: "DS_PROMETHEUS", value: "Prometheus" }]);
    }
  });

  it("imports ztunnel's of Istio's own release, where there is a ztunnel", () => {
    const { ztunnel } = dashboards({ ztunnel: true });
    assert.match(String(ztunnel?.["url"]), /istio\/1\.31\.1\/.*ztunnel-dashboard/);
  });

  it("downloads only from servers whose certificate is valid", () => {
    assert.equal(values()["defaultCurlOptions"], "-sfL");
  });

  it("downloads nothing where dashboards are not wanted", () => {
    const { dashboards: some, dashboardProviders } = values({ dashboards: false });
    assert.deepEqual([some, dashboardProviders], [undefined, undefined]);
  });

  it("lets the old pod go before the new one where they share a volume", () => {
    const stored = values({ storage: { size: "10Gi", storageClass: "gp3" } });
    assert.deepEqual(stored["persistence"], { enabled: true, size: "10Gi", storageClassName: "gp3" });
    assert.deepEqual(stored["deploymentStrategy"], { type: "Recreate" });
    assert.equal(values()["deploymentStrategy"], undefined);
  });
});
