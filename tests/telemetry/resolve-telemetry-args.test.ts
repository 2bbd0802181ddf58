import assert from "node:assert/strict";
import type { NamespaceSettings } from "../../components/plan/settings";
import { resolveTelemetry } from "../../components/telemetry/resolve-telemetry-args";
import type { TelemetryContext } from "../../components/telemetry/telemetry-context";
import type { TelemetryArgs } from "../../components/telemetry/telemetry-args";
import { placesOf } from "../support/settings";

const chart = {
  chart: "opentelemetry-collector",
  version: "1.0.0",
  repository: "https://charts.example.com",
  values: {},
};
const xray = { chart, address: { service: "xray-collector.istio-system.svc.cluster.local", port: 4317 } };
const jaeger = { service: "jaeger.istio-system.svc.cluster.local", port: 4317 };
const service = "collector.observability.svc.cluster.local";

const resolve = (args: TelemetryArgs, around: Partial<TelemetryContext> = {}) =>
  resolveTelemetry(args, {
    ...{ profile: "default", namespaces: [], jaeger: undefined, xray },
    ...{ meshConfig: { path: "istio.meshConfig", config: {} }, meshConfigsInValues: [] },
    ...around,
  });
const namespace = (name: string, dataplane: NamespaceSettings["dataplane"], waypoint?: string): NamespaceSettings => ({
  ...{ name, dataplane, create: true, revision: "", labels: {} },
  waypoint,
});

describe("resolveTelemetry", () => {
  it("decides nothing where nothing is written", () => {
    assert.deepEqual(resolve({}), {
      settings: { accessLogs: undefined, tracing: undefined },
      problems: [],
      warnings: [],
    });
  });

  it("traces one request in a hundred, to port 4317", () => {
    assert.deepEqual(resolve({ tracing: { provider: "otlp", service } }).settings.tracing, {
      samplingPercentage: 1,
      customTags: {},
      collector: { service, port: 4317 },
      xray: undefined,
    });
  });

  it("traces to the add-on jaeger, unless another Service is named", () => {
    const collectorOf = (args: TelemetryArgs) => resolve(args, { jaeger }).settings.tracing?.collector;
    assert.deepEqual(collectorOf({ tracing: { provider: "otlp" } }), jaeger);
    assert.deepEqual(collectorOf({ tracing: { provider: "otlp", service, port: 55 } }), { service, port: 55 });
  });

  it("traces to X-Ray by way of a collector of the mesh's own", () => {
    const { tracing } = resolve({ tracing: { provider: "xray", customTags: { team: "shop" } } }).settings;
    assert.deepEqual(tracing, {
      samplingPercentage: 1,
      customTags: { team: "shop" },
      collector: xray.address,
      xray: chart,
    });
  });

  it("traces everything with profile demo, unless told otherwise; the charts preset its access logs", () => {
    const demo = { profile: "demo" } as const;
    const loud = resolve({ tracing: { provider: "otlp", service } }, demo).settings;
    assert.deepEqual([loud.accessLogs, loud.tracing?.samplingPercentage], [undefined, 100]);
    const quiet = resolve(
      { accessLogs: "off", tracing: { provider: "otlp", service, samplingPercentage: 0 } },
      demo,
    ).settings;
    assert.deepEqual([quiet.accessLogs, quiet.tracing?.samplingPercentage], ["off", 0]);
  });

  it("refuses OTLP that leads nowhere, and a port of what has its own", () => {
    assert.deepEqual(placesOf(resolve({ tracing: { provider: "otlp", port: 1 } })), ["telemetry.tracing"]);
    assert.deepEqual(placesOf(resolve({ tracing: { provider: "otlp", port: 1 } }, { jaeger })), [
      "telemetry.tracing.port",
    ]);
  });

  it("refuses the members of the other provider", () => {
    const collector = {};
    assert.deepEqual(placesOf(resolve({ tracing: { provider: "xray", service, port: 1, collector } })), [
      "telemetry.tracing.service",
      "telemetry.tracing.port",
    ]);
    assert.deepEqual(placesOf(resolve({ tracing: { provider: "otlp", service, collector } })), [
      "telemetry.tracing.collector",
    ]);
  });

  for (const profile of ["empty", "remote"] as const) {
    it(`warns with profile ${profile} of providers that istiod must have where it is installed`, () => {
      const warningsOf = (args: TelemetryArgs) =>
        resolve(args, { profile }).warnings.map((warning) => warning.split(":")[0]);
      const tracing = { provider: "otlp", service } as const;
      assert.deepEqual(warningsOf({ accessLogs: "json", tracing }), ["telemetry.accessLogs", "telemetry.tracing"]);
      assert.deepEqual(warningsOf({ accessLogs: "text" }), [], "Istio has this one by itself");
    });
  }

  it("warns of ambient namespaces, between whose pods nobody sees requests", () => {
    const namespaces = [
      namespace("shop", "ambient"),
      namespace("old", "sidecar"),
      namespace("out", "none"),
      namespace("seen", "ambient", "waypoint"),
    ];
    const tracing = { provider: "otlp", service } as const;
    const { warnings } = resolve({ accessLogs: "json", tracing }, { namespaces });
    assert.equal(warnings.length, 1);
    assert.match(String(warnings[0]), /^telemetry\.accessLogs, telemetry\.tracing: .* of shop nothing is seen/);
    assert.deepEqual(resolve({ accessLogs: "off" }, { namespaces }).warnings, []);
    assert.deepEqual(resolve({ accessLogs: "text" }, { namespaces: namespaces.slice(1) }).warnings, []);
  });
});
