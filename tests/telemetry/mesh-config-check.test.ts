import assert from "node:assert/strict";
import type { Tree } from "../../components/plan/input-value";
import type { TelemetrySettings } from "../../components/plan/telemetry-settings";
import { checkMeshConfig, checkProviders } from "../../components/telemetry/mesh-config-check";
import { planExtensionProviders } from "../../components/telemetry/extension-providers";

const collector = { service: "c.o.svc.cluster.local", port: 4317 };
const tracing = { samplingPercentage: 1, customTags: {}, collector, xray: undefined };
const silent: TelemetrySettings = { accessLogs: undefined, tracing: undefined };
const json: TelemetrySettings = { ...silent, accessLogs: "json" };
const written = (config: Tree) => ({ path: "istio.meshConfig", config });

describe("checkMeshConfig", () => {
  const places = (settings: TelemetrySettings, config: Tree) =>
    checkMeshConfig(settings, [written(config)]).map(({ path }) => path);

  it("leaves the older words alone where telemetry says nothing", () => {
    const config = { accessLogFile: "/dev/stdout", enableTracing: false, defaultConfig: { tracing: {} } };
    assert.deepEqual(places(silent, config), []);
  });

  it("refuses only the words for what telemetry decides", () => {
    const config = {
      accessLogFormat: "%PROTOCOL%",
      enableTracing: true,
      defaultConfig: { tracing: { sampling: 5 } },
      defaultProviders: { tracing: ["zipkin"], metrics: ["prometheus"] },
    };
    assert.deepEqual(places(json, config), ["istio.meshConfig.accessLogFormat"]);
    assert.deepEqual(places({ ...silent, tracing }, config), [
      "istio.meshConfig.enableTracing",
      "istio.meshConfig.defaultConfig.tracing",
      "istio.meshConfig.defaultProviders.tracing",
    ]);
  });
});

describe("checkProviders", () => {
  const ours = planExtensionProviders(json);
  const inValues = [{ path: "istio.values.istiod.meshConfig", config: { extensionProviders: [{ name: "audit" }] } }];

  it("lets the user's providers stand beside ours, and anything where we have none", () => {
    assert.deepEqual(checkProviders(ours, written({ extensionProviders: [{ name: "audit" }] }), []), []);
    assert.deepEqual(checkProviders([], written({ extensionProviders: "later" }), inValues), []);
    assert.deepEqual(checkProviders(ours, written({}), [{ path: "istio.values.istiod.meshConfig", config: {} }]), []);
  });

  it("refuses a second one of a name, a list in the values, and what is no list", () => {
    const places = (config: Tree, values: typeof inValues) =>
      checkProviders(ours, written(config), values).map(({ path }) => path);
    assert.deepEqual(places({ extensionProviders: ours }, inValues), [
      "istio.meshConfig.extensionProviders[0].name",
      "istio.values.istiod.meshConfig.extensionProviders",
    ]);
    assert.deepEqual(places({ extensionProviders: {} }, []), ["istio.meshConfig.extensionProviders"]);
  });
});
