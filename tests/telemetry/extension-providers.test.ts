import assert from "node:assert/strict";
import { planExtensionProviders } from "../../components/telemetry/extension-providers";

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
