import assert from "node:assert/strict";
import { planPrometheus, planPrometheusRole } from "../../components/addons/prometheus-plan";
import { valueAt } from "../../components/inputs/path";
import type { PrometheusSettings } from "../../components/plan/addon-settings";

const place = {
  namespace: "istio-system",
  clusterName: "prod",
  region: () => "eu-central-1",
  tags: {},
  permissionsBoundary: undefined,
};
const chart = { chart: "prometheus", version: "1.0.0", repository: "https://charts.example.com", values: {} };
const usual: PrometheusSettings = {
  ...{ kind: "installed", chart, retention: "15d", storage: undefined, resources: {}, managed: undefined },
};
const managed = { endpoint: "https://e/", workspaceArn: "arn:w", region: undefined };
const plan = (settings: Partial<PrometheusSettings> = {}) => planPrometheus({ ...usual, ...settings }, place);
const server = (settings: Partial<PrometheusSettings>, ...path: readonly string[]) =>
  valueAt(plan(settings).defaults["server"], path);

describe("planPrometheus", () => {
  it("installs the server alone, at the port that Istio's instructions name", () => {
    const { defaults, required } = plan();
    for (const other of ["alertmanager", "kube-state-metrics", "prometheus-node-exporter", "prometheus-pushgateway"]) {
      assert.deepEqual(defaults[other], { enabled: false });
    }
    assert.deepEqual(required["server"], { fullnameOverride: "prometheus", service: { servicePort: 9090 } });
  });

  it("keeps metrics where and as long as it is told", () => {
    assert.deepEqual(server({}, "persistentVolume"), { enabled: false });
    const storage = { size: "50Gi", storageClass: "gp3" };
    assert.deepEqual(server({ storage }, "persistentVolume"), { enabled: true, size: "50Gi", storageClass: "gp3" });
    assert.deepEqual(server({ storage: { size: "1Gi", storageClass: undefined } }, "persistentVolume"), {
      ...{ enabled: true, size: "1Gi" },
    });
    assert.equal(server({ retention: "7d" }, "retention"), "7d");
  });

  it("writes nowhere else, unless a workspace of Amazon's is named", () => {
    assert.equal(server({}, "remoteWrite"), undefined);
    assert.deepEqual(plan().after, []);
    const { deferred, after } = plan({ managed });
    assert.deepEqual(valueAt(server({ managed }, "remoteWrite"), [0, "sigv4"]), { region: "eu-central-1" });
    assert.deepEqual(valueAt(server({ managed: { ...managed, region: "eu-west-1" } }, "remoteWrite"), [0, "sigv4"]), {
      region: "eu-west-1",
    });
    assert.deepEqual(deferred, [
      { path: ["server", "remoteWrite", 0, "url"], value: { concat: ["https://e/", "api/v1/remote_write"] } },
    ]);
    assert.deepEqual(after, ["permissions-prometheus", "pod-identity-prometheus"]);
  });

  it("may write to that workspace, and to no other, as the ServiceAccount that its pod has", () => {
    const { permissions, association } = planPrometheusRole(managed, place);
    assert.match(permissions.document.concat.join(""), /"Action":\["aps:RemoteWrite"\],"Resource":"arn:w"/);
    assert.deepEqual(valueAt(plan().required, ["serviceAccounts", "server", "name"]), association?.serviceAccount);
  });
});
