import assert from "node:assert/strict";
import type { IstioMeshArgs } from "../../components";
import { planTelemetryObjects } from "../../components/telemetry/telemetry-objects-plan";
import { settingsOf } from "../support/settings";

const plan = (args: Partial<IstioMeshArgs>) =>
  planTelemetryObjects(settingsOf({ telemetry: { accessLogs: "text" }, ...args }));
const placed = (args: Partial<IstioMeshArgs>) => plan(args).map(({ metadata, after }) => [metadata.namespace, after]);

describe("planTelemetryObjects", () => {
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
