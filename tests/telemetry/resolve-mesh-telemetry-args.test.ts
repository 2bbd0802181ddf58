import assert from "node:assert/strict";
import type { IstioMeshArgs } from "../../components";
import { resolveIstioMesh } from "../../components/mesh/resolve-mesh-args";
import { placesOf, settingsOf } from "../support/settings";

const accessLogs = "json" as const;
const providersOf = (args: Partial<IstioMeshArgs>) => {
  const listed = settingsOf(args).controlPlane.meshConfig["extensionProviders"] as readonly { readonly name: string }[];
  return listed.map(({ name }) => name);
};
const places = (istio: IstioMeshArgs["istio"]) =>
  placesOf(resolveIstioMesh({ mode: "sidecar", cluster: { name: "prod" }, telemetry: { accessLogs }, ...{ istio } }));

describe("resolveTelemetryOf", () => {
  it("leaves the mesh configuration as it is where telemetry needs no provider", () => {
    const meshConfig = { ingressClass: "istio" };
    const settings = settingsOf({ istio: { meshConfig }, telemetry: { accessLogs: "text" } });
    assert.deepEqual(settings.controlPlane.meshConfig, meshConfig);
  });

  it("joins its providers to those of the user", () => {
    const meshConfig = { extensionProviders: [{ name: "audit" }], ingressClass: "istio" };
    assert.deepEqual(providersOf({ telemetry: { accessLogs } }), ["istio-eks-json-access-log"]);
    assert.deepEqual(providersOf({ istio: { meshConfig }, telemetry: { accessLogs } }), [
      "audit",
      "istio-eks-json-access-log",
    ]);
  });

  it("reports both control planes of them during an upgrade", () => {
    const istio = { version: "1.30.4", canary: { version: "1.31.1", revision: "next" } };
    assert.deepEqual(providersOf({ istio, telemetry: { accessLogs } }), ["istio-eks-json-access-log"]);
  });

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
