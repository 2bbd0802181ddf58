import assert from "node:assert/strict";
import type { IstioMeshArgs } from "../../components";
import { resolveIstioMesh } from "../../components/mesh/resolve-mesh-args";
import { placesOf, settingsOf } from "../support/settings";

const accessLogs = "json" as const;
const places = (istio: IstioMeshArgs["istio"]) =>
  placesOf(resolveIstioMesh({ mode: "sidecar", cluster: { name: "prod" }, telemetry: { accessLogs }, ...{ istio } }));

describe("telemetryContext", () => {
  it("looks for contradictions in each place where the mesh configuration may stand", () => {
    const meshConfig = { accessLogFile: "/dev/stdout" };
    assert.deepEqual(places({ meshConfig }), ["istio.meshConfig.accessLogFile"]);
    assert.deepEqual(places({ values: { istiod: { meshConfig } } }), ["istio.values.istiod.meshConfig.accessLogFile"]);
    assert.deepEqual(places({ values: { istiod: { pilot: { meshConfig } } } }), [
      "istio.values.istiod.pilot.meshConfig.accessLogFile",
    ]);
  });

  it("installs the collector's chart from where the user says", () => {
    const collector = {
      version: "0.171.0",
      chartRepository: "oci://mirror.example.com/charts",
      values: { replicaCount: 3 },
    };
    const { tracing } = settingsOf({ telemetry: { tracing: { provider: "xray", collector } } }).telemetry;
    assert.deepEqual(tracing?.xray, {
      chart: "opentelemetry-collector",
      version: "0.171.0",
      repository: "oci://mirror.example.com/charts",
      values: { replicaCount: 3 },
    });
  });
});
