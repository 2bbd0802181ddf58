import assert from "node:assert/strict";
import { type KialiSources, planKiali } from "../../components/addons/kiali-plan";
import { valueAt } from "../../components/inputs/path";

const chart = { chart: "kiali-server", version: "1.0.0", repository: "https://charts.example.com", values: {} };
const sources: KialiSources = {
  ...{ rootNamespace: "mesh", prometheus: "http://prometheus.mesh:9090", grafana: undefined, jaeger: undefined },
};
const plan = (from: Partial<KialiSources> = {}) =>
  planKiali({ kind: "installed", chart, resources: {} }, { ...sources, ...from });
const external = (from: Partial<KialiSources>, ...path: readonly string[]) =>
  valueAt(plan(from).defaults["external_services"], path);

describe("planKiali", () => {
  it("finds Prometheus, and the namespace whose policies hold for the mesh", () => {
    assert.equal(external({}, "prometheus", "url"), sources.prometheus);
    assert.equal(external({}, "istio", "root_namespace"), "mesh");
  });

  it("asks who one is", () => assert.deepEqual(plan().defaults["auth"], { strategy: "token" }));

  it("shows no links and no traces where there is nothing to show", () => {
    assert.deepEqual([external({}, "grafana"), external({}, "tracing")], [{ enabled: false }, { enabled: false }]);
    assert.deepEqual(plan().after, []);
  });

  it("signs in to the mesh's own Grafana with its Secret, and so comes after it", () => {
    const grafana = { url: "http://grafana.mesh:3000", own: true, forPeople: undefined };
    assert.deepEqual(external({ grafana }, "grafana"), {
      enabled: true,
      internal_url: grafana.url,
      auth: { type: "basic", username: "secret:grafana:admin-user", password: "secret:grafana:admin-password" },
    });
    assert.deepEqual(plan({ grafana }).after, ["addon-grafana"]);
  });

  it("has no password for someone else's Grafana", () => {
    const grafana = { url: "https://grafana.example.com", own: false, forPeople: "https://grafana.example.com" };
    assert.deepEqual(external({ grafana }, "grafana"), {
      ...{ enabled: true, internal_url: grafana.url, external_url: grafana.url },
    });
    assert.deepEqual(plan({ grafana }).after, []);
  });

  it("asks Jaeger for traces by gRPC", () => {
    const asked = { enabled: true, provider: "jaeger", internal_url: "http://jaeger.mesh:16685", use_grpc: true };
    const jaeger = { url: "http://jaeger.mesh:16685", forPeople: undefined };
    assert.deepEqual(external({ jaeger }, "tracing"), asked);
  });

  it("links to what people can reach", () => {
    const forPeople = "https://traces.example.com";
    assert.equal(
      external({ jaeger: { url: "http://jaeger.mesh:16685", forPeople } }, "tracing", "external_url"),
      forPeople,
    );
  });
});
