import assert from "node:assert/strict";
import type { IstioMeshArgs } from "../../components";
import { resolveIstioMesh } from "../../components/mesh/resolve-mesh-args";

const warningsOf = (telemetry: IstioMeshArgs["telemetry"]) => {
  const addons = { jaeger: { storage: { size: "20Gi" } } };
  const { problems, warnings } = resolveIstioMesh({ mode: "sidecar", cluster: { name: "prod" }, addons, telemetry });
  assert.deepEqual(problems, []);
  return warnings.filter((warning) => warning.startsWith("addons.jaeger"));
};

describe("addonsContext", () => {
  it("knows whether traces reach Jaeger", () => {
    assert.equal(warningsOf(undefined).length, 1);
    assert.equal(warningsOf({ tracing: { provider: "xray" } }).length, 1);
    assert.equal(warningsOf({ tracing: { provider: "otlp", service: "c.observability.svc.cluster.local" } }).length, 1);
    assert.deepEqual(warningsOf({ tracing: { provider: "otlp" } }), []);
  });
});
