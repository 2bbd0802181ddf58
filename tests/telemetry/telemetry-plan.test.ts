import assert from "node:assert/strict";
import type { TelemetrySettings } from "../../components/plan/telemetry-settings";
import { planTelemetry, planTelemetryObjects } from "../../components/telemetry/telemetry-plan";
import type { IstioMeshArgs } from "../../components";
import { settingsOf } from "../support/settings";

const tracing = {
  samplingPercentage: 5,
  customTags: {},
  collector: { service: "c.o.svc.cluster.local", port: 4317 },
  xray: undefined,
};
const plan = (settings: Partial<TelemetrySettings>) =>
  planTelemetry(
    { accessLogs: undefined, tracing: undefined, ...settings },
    { rootNamespace: "mesh", after: ["istiod"] },
  );
const spec = (settings: Partial<TelemetrySettings>) => plan(settings).map(({ body }) => body["spec"]);

describe("planTelemetry", () => {
  it("says nothing where nothing is asked for, so that the mesh configuration decides", () => {
    assert.deepEqual(plan({}), []);
  });

  it("is one object for the whole mesh in its root namespace, after what checks it", () => {
    const [object, ...others] = plan({ accessLogs: "text", tracing });
    assert.deepEqual(others, []);
    assert.deepEqual(object?.metadata, { name: "mesh-default", namespace: "mesh" });
    assert.deepEqual([object?.kind, object?.after], ["Telemetry", ["istiod"]]);
  });

  it("turns logs on as text by Istio's own provider, and as JSON by ours", () => {
    assert.deepEqual(spec({ accessLogs: "text" }), [{ accessLogging: [{ providers: [{ name: "envoy" }] }] }]);
    assert.deepEqual(spec({ accessLogs: "json" }), [
      { accessLogging: [{ providers: [{ name: "istio-eks-json-access-log" }] }] },
    ]);
  });

  it("silences what something else turned on, where logs are said to be off", () => {
    assert.deepEqual(spec({ accessLogs: "off" }), [{ accessLogging: [{ disabled: true }] }]);
  });

  it("samples, and puts tags on spans as they are written", () => {
    const rule = { providers: [{ name: "istio-eks-tracing" }], randomSamplingPercentage: 5 };
    assert.deepEqual(spec({ tracing }), [{ tracing: [rule] }]);
    const customTags = { team: { literal: { value: "shop" } } };
    assert.deepEqual(spec({ tracing: { ...tracing, customTags: { team: "shop" } } }), [
      { tracing: [{ ...rule, customTags }] },
    ]);
  });
});

describe("planTelemetryObjects", () => {
  const plan = (args: Partial<IstioMeshArgs>) =>
    planTelemetryObjects(settingsOf({ telemetry: { accessLogs: "text" }, ...args }));
  const placed = (args: Partial<IstioMeshArgs>) => plan(args).map(({ metadata, after }) => [metadata.namespace, after]);

  it("comes after the namespace and the istiod whose webhook checks it", () => {
    assert.deepEqual(placed({}), [["istio-system", ["namespace-istio-system", "istiod"]]]);
  });

  it("goes into the root namespace, where Istio looks for it", () => {
    assert.deepEqual(placed({ istio: { meshConfig: { rootNamespace: "mesh-config" } } }), [
      ["mesh-config", ["istiod"]],
    ]);
  });

  it("waits for nobody where someone else runs Istio", () => {
    assert.deepEqual(placed({ istio: { profile: "empty" } }), [["istio-system", []]]);
  });
});
