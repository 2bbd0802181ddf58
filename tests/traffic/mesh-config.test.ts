import assert from "node:assert/strict";
import { decidedKeys, planTrafficMeshConfig } from "../../components/traffic/mesh-config";
import { traffic, settingsOf } from "../support/settings";

const outlierDetection = {
  ...{ consecutive5xx: 5, consecutiveGatewayErrors: undefined, intervalSeconds: 10, baseEjectionSeconds: 30 },
  maxEjectionPercent: 10,
};
const pool = {
  ...{ maxConnections: undefined, connectTimeoutSeconds: undefined },
  ...{ maxRequestsPerConnection: undefined, idleTimeoutSeconds: undefined },
};

describe("planTrafficMeshConfig", () => {
  it("says nothing without settings", () => {
    assert.deepEqual(planTrafficMeshConfig(traffic()), {});
  });

  it("says how often requests are sent again, and when", () => {
    const of = (attempts: number, ...on: string[]) => planTrafficMeshConfig(traffic({ retries: { attempts, on } }));
    assert.deepEqual(of(0), { defaultHttpRetryPolicy: { attempts: 0 } });
    assert.deepEqual(of(3, "5xx", "503"), { defaultHttpRetryPolicy: { attempts: 3, retryOn: "5xx,503" } });
  });

  it("says when an endpoint is ejected, in versions that read it", () => {
    const kept = { consecutive5xxErrors: 5, interval: "10s", baseEjectionTime: "30s", maxEjectionPercent: 10 };
    assert.deepEqual(planTrafficMeshConfig(traffic({ outlierDetection })), {
      defaultTrafficPolicy: { outlierDetection: kept },
    });
    const gatewayErrors = { ...outlierDetection, consecutiveGatewayErrors: 2 };
    assert.deepEqual(planTrafficMeshConfig(traffic({ outlierDetection: gatewayErrors })), {
      defaultTrafficPolicy: { outlierDetection: { ...kept, consecutiveGatewayErrors: 2 } },
    });
    assert.deepEqual(planTrafficMeshConfig(traffic({ outlierDetection, hasDefaultPolicy: false })), {});
  });

  it("says what connections are limited to, and has no block that Istio refuses because it is empty", () => {
    const of = (changes: Partial<typeof pool> | object) =>
      planTrafficMeshConfig(traffic({ connectionPool: { ...pool, ...changes } }))["defaultTrafficPolicy"];
    assert.deepEqual(of({ maxConnections: 100, connectTimeoutSeconds: 3 }), {
      connectionPool: { tcp: { maxConnections: 100, connectTimeout: "3s" } },
    });
    assert.deepEqual(of({ maxRequestsPerConnection: 1, idleTimeoutSeconds: 60 }), {
      connectionPool: { http: { maxRequestsPerConnection: 1, idleTimeout: "60s" } },
    });
  });

  it("says when a connection is dead", () => {
    const of = (tcpKeepalive: NonNullable<ReturnType<typeof traffic>["tcpKeepalive"]>) =>
      planTrafficMeshConfig(traffic({ tcpKeepalive }));
    assert.deepEqual(of({ timeSeconds: 300, intervalSeconds: 30, probes: 3 }), {
      tcpKeepalive: { time: "300s", interval: "30s", probes: 3 },
    });
    assert.deepEqual(of({ timeSeconds: 300, intervalSeconds: undefined, probes: undefined }), {
      tcpKeepalive: { time: "300s" },
    });
  });

  it("says how endpoints are chosen by zone; proxies learn their own zone where Envoy routes by it", () => {
    const of = (locality: "off" | "failover" | "zone-aware") => planTrafficMeshConfig(traffic({ locality }));
    assert.deepEqual(of("off"), { localityLbSetting: { enabled: false } });
    assert.deepEqual(of("failover"), { localityLbSetting: { enabled: true } });
    assert.deepEqual(of("zone-aware"), {
      zoneAwareLbSetting: { enabled: true },
      defaultConfig: { proxyMetadata: { ISTIO_META_ENABLE_SELF_DISCOVERY: "true" } },
    });
  });
});

describe("decidedKeys", () => {
  it("has everything that the plan writes, whatever is set", () => {
    const all = traffic({
      ...{ retries: { attempts: 1, on: [] }, outlierDetection, connectionPool: { ...pool, maxConnections: 1 } },
      ...{ tcpKeepalive: { timeSeconds: 1, intervalSeconds: undefined, probes: undefined }, locality: "zone-aware" },
    });
    const written = Object.keys(planTrafficMeshConfig(all)).sort();
    const decided = decidedKeys(all).map(({ key }) => key.split(".")[0]);
    assert.deepEqual(
      written.filter((key) => !decided.includes(key)),
      [],
    );
    assert.deepEqual(decidedKeys(traffic()), []);
    assert.deepEqual(decidedKeys(traffic({ retries: { attempts: 1, on: [] } })), [
      { member: "retries", key: "defaultHttpRetryPolicy" },
    ]);
  });
});

describe("withTraffic", () => {
  it("joins the defaults to the mesh configuration that the user wrote", () => {
    const meshConfig = { defaultConfig: { proxyMetadata: { A: "1" } }, enableTracing: false };
    const { controlPlane } = settingsOf({ istio: { meshConfig }, traffic: { locality: "zone-aware" } });
    assert.deepEqual(controlPlane.meshConfig, {
      defaultConfig: { proxyMetadata: { A: "1", ISTIO_META_ENABLE_SELF_DISCOVERY: "true" } },
      enableTracing: false,
      zoneAwareLbSetting: { enabled: true },
    });
    assert.deepEqual(settingsOf({ istio: { meshConfig } }).controlPlane.meshConfig, meshConfig);
  });
});
