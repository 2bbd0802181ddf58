import assert from "node:assert/strict";
import type { IstioMeshArgs } from "../../components";
import { planAddonReleases, planAddonVolumes, planEksAddons, planPodRoles } from "../../components/addons/addons-plan";
import { clusterFacts, settingsOf } from "../support/settings";

const xray = (args: Partial<IstioMeshArgs> = {}) =>
  settingsOf({ telemetry: { tracing: { provider: "xray", collector: { values: { replicaCount: 3 } } } }, ...args });

describe("planPodRoles", () => {
  it("plans a role for each add-on that calls AWS, and no other", () => {
    assert.deepEqual(planPodRoles(settingsOf(), clusterFacts), []);
    const [role, ...others] = planPodRoles(xray({ tags: { team: "shop" } }), clusterFacts);
    assert.deepEqual(others, []);
    assert.deepEqual([role?.name, role?.tags], ["pod-role-xray-collector", { team: "shop" }]);
  });

  it("puts each role within the permissions boundary", () => {
    const permissionsBoundaryArn = "arn:aws:iam::123456789012:policy/boundary";
    const roles = planPodRoles(xray({ permissionsBoundaryArn, addons: { cloudwatch: {} } }), clusterFacts);
    const within = roles.map(({ permissionsBoundary }) => permissionsBoundary);
    assert.deepEqual(within, [permissionsBoundaryArn, permissionsBoundaryArn]);
  });
});

describe("planAddonReleases", () => {
  it("plans nothing where nothing is asked for", () => {
    assert.deepEqual(planAddonReleases(settingsOf(), clusterFacts), []);
  });

  it("puts add-ons beside the control plane, those with a role after what gives it to them, and all after the cleanup", () => {
    const [collector] = planAddonReleases(xray({ istio: { namespace: "mesh", revision: "a" } }), clusterFacts);
    assert.equal(collector?.namespace, "mesh");
    assert.deepEqual(collector?.after, ["namespace-mesh", "permissions-xray-collector", "pod-identity-xray-collector"]);
    assert.deepEqual(collector.createdAfter, ["cleanup"]);
  });

  it("merges the user's values between what may change and what may not", () => {
    const [collector] = planAddonReleases(xray(), clusterFacts);
    assert.equal(collector?.values["replicaCount"], 3);
    assert.equal(collector?.values["mode"], "deployment");
    assert.deepEqual(collector?.values["image"], { repository: "otel/opentelemetry-collector-contrib" });
  });
});

const watched = (addons: IstioMeshArgs["addons"], args: Partial<IstioMeshArgs> = {}) =>
  settingsOf({ ...args, ...(addons === undefined ? {} : { addons }) });
const valuesOf = (settings: ReturnType<typeof settingsOf>, name: string) =>
  planAddonReleases(settings, clusterFacts).find((release) => release.name === `addon-${name}`)?.values;
const url = "http://there.monitoring:9090";

describe("The add-ons of a mesh", () => {
  it("find each other in the control plane's namespace", () => {
    const all = { prometheus: {}, grafana: {}, kiali: {}, jaeger: {} };
    const settings = watched(all, { istio: { namespace: "mesh" }, telemetry: { tracing: { provider: "otlp" } } });
    const kiali = JSON.stringify(valuesOf(settings, "kiali"));
    for (const address of ["prometheus.mesh:9090", "grafana.mesh:3000", "jaeger.mesh:16685"]) {
      assert.ok(kiali.includes(`http://${address}`), address);
    }
    const grafana = JSON.stringify(valuesOf(settings, "grafana"));
    for (const address of ["prometheus.mesh:9090", "jaeger.mesh:16686"]) assert.ok(grafana.includes(address), address);
    assert.equal(settings.telemetry.tracing?.collector.service, "jaeger.mesh.svc.cluster.local");
  });

  it("use a Prometheus and a Grafana that are there, and install none", () => {
    const settings = watched({ prometheus: { url }, grafana: { url: "https://grafana.example.com" }, kiali: {} });
    assert.deepEqual(
      planAddonReleases(settings, clusterFacts).map(({ name }) => name),
      ["addon-kiali"],
    );
    const kiali = JSON.stringify(valuesOf(settings, "kiali"));
    assert.ok(kiali.includes(url) && kiali.includes("https://grafana.example.com"));
  });

  it("show ztunnel only where there is one", () => {
    const hasZtunnel = (mode: "sidecar" | "ambient") =>
      JSON.stringify(valuesOf(watched({ prometheus: {}, grafana: {} }, { mode }), "grafana")).includes(
        "ztunnel-dashboard",
      );
    assert.deepEqual([hasZtunnel("ambient"), hasZtunnel("sidecar")], [true, false]);
  });

  it("have volumes where their charts make none", () => {
    assert.deepEqual(planAddonVolumes(watched({ jaeger: {} })), []);
    const [volume] = planAddonVolumes(watched({ jaeger: { storage: { size: "20Gi" } } }));
    assert.deepEqual([volume?.after, volume?.createdAfter], [["namespace-istio-system"], ["cleanup"]]);
  });

  it("have roles where they call AWS", () => {
    const managedPrometheus = {
      endpoint: "https://aps-workspaces.eu-central-1.amazonaws.com/workspaces/ws-1/",
      workspaceArn: "arn:aws:aps:eu-central-1:123456789012:workspace/ws-1",
    };
    const settings = watched({ prometheus: { managedPrometheus }, cloudwatch: {} });
    assert.deepEqual(
      planPodRoles(settings, clusterFacts).map(({ name }) => name),
      ["pod-role-prometheus", "pod-role-cloudwatch"],
    );
    for (const { createdAfter } of planPodRoles(settings, clusterFacts)) assert.deepEqual(createdAfter, ["cleanup"]);
    assert.deepEqual(planPodRoles(watched({ prometheus: { url }, kiali: {} }), clusterFacts), []);
  });

  it("that EKS installs come with their role, or not at all", () => {
    const settings = watched({ cloudwatch: {} });
    const [addon] = planEksAddons(settings, clusterFacts, { "pod-role-cloudwatch": "arn:role" });
    assert.deepEqual([addon?.roleArn, addon?.createdAfter], ["arn:role", ["cleanup"]]);
    assert.deepEqual(planEksAddons(settings, clusterFacts, {}), []);
    assert.deepEqual(planEksAddons(watched({}), clusterFacts, {}), []);
  });
});
