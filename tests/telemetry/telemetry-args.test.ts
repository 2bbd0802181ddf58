import assert from "node:assert/strict";
import { checkShape } from "../../components/inputs/shape";
import { telemetryShape } from "../../components/telemetry/telemetry-args";
import { placesOf } from "../support/settings";

const places = (given: unknown) => placesOf(checkShape(telemetryShape, given));

describe("telemetryShape", () => {
  it("takes every word, and every member of tracing", () => {
    for (const accessLogs of ["off", "text", "json"]) assert.deepEqual(places({ accessLogs }), []);
    const service = "collector.observability.svc.cluster.local";
    const otlp = { provider: "otlp", service, port: 4317, samplingPercentage: 0.5, customTags: { team: "shop" } };
    assert.deepEqual(places({ tracing: otlp }), []);
    assert.deepEqual(places({ tracing: { provider: "xray", collector: { version: "0.170.0" } } }), []);
  });

  it("refuses tags without value, ports out of range and members that do not exist", () => {
    assert.deepEqual(places({ tracing: { provider: "xray", customTags: { team: "" } } }), ["tracing.customTags.team"]);
    assert.deepEqual(places({ tracing: { provider: "otlp", port: 0 } }), ["tracing.port"]);
    assert.deepEqual(places({ metrics: {} }), ["metrics"]);
  });
});
