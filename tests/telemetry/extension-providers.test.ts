import assert from "node:assert/strict";
import { planExtensionProviders } from "../../components/telemetry/extension-providers";
import type { IstioMeshArgs } from "../../components";
import { settingsOf } from "../support/settings";

const collector = { service: "collector.observability.svc.cluster.local", port: 4317 };
const tracing = { samplingPercentage: 1, customTags: {}, collector, xray: undefined };

describe("planExtensionProviders", () => {
  it("adds nothing for logs as text, which Istio can do by itself, nor for no logs", () => {
    for (const accessLogs of ["text", "off", undefined] as const) {
      assert.deepEqual(planExtensionProviders({ accessLogs, tracing: undefined }), []);
    }
  });

  it("writes JSON with the fields that Istio chooses when it is named none", () => {
    assert.deepEqual(planExtensionProviders({ accessLogs: "json", tracing: undefined }), [
      {
        name: "istio-eks-json-access-log",
        envoyFileAccessLog: { path: "/dev/stdout", logFormat: { labels: {} } },
      },
    ]);
  });

  it("sends spans to the collector by OTLP, with what the pod says of itself", () => {
    assert.deepEqual(planExtensionProviders({ accessLogs: undefined, tracing }), [
      { name: "istio-eks-tracing", opentelemetry: { ...collector, resourceDetectors: { environment: {} } } },
    ]);
  });
});

describe("withProviders", () => {
  const accessLogs = "json" as const;
  const providersOf = (args: Partial<IstioMeshArgs>) => {
    const listed = settingsOf(args).controlPlane.meshConfig["extensionProviders"] as readonly {
      readonly name: string;
    }[];
    return listed.map(({ name }) => name);
  };

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
});
