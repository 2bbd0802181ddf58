import assert from "node:assert/strict";
import { resolveTraffic } from "../../components/traffic/resolve-traffic-args";
import type { TrafficContext } from "../../components/traffic/traffic-context";
import type { TrafficArgs } from "../../components/traffic/traffic-args";
import { onlyProblem, placesOf } from "../support/settings";

const resolve = (args: TrafficArgs, changes: Partial<TrafficContext> = {}) =>
  resolveTraffic(args, {
    ...{ mode: "sidecar", profile: "default", versions: ["1.31.1"], meshConfigs: [] },
    ...{ sidecars: true, ambient: [], waypoints: [], closed: undefined },
    ...changes,
  });

describe("resolveTraffic", () => {
  it("leaves Istio's defaults alone unless told otherwise", () => {
    assert.deepEqual(resolve({}), {
      settings: {
        ...{ retries: undefined, outlierDetection: undefined, connectionPool: undefined, locality: undefined },
        ...{ tcpKeepalive: undefined, scope: "mesh", hasDefaultPolicy: true },
      },
      problems: [],
      warnings: [],
    });
  });

  it("fills in the members of the blocks", () => {
    const { settings } = resolve({ retries: {}, outlierDetection: {}, connectionPool: { maxConnections: 10 } });
    assert.deepEqual(settings.retries, { attempts: 2, on: [] });
    assert.deepEqual(settings.outlierDetection, {
      ...{ consecutive5xx: 5, consecutiveGatewayErrors: undefined, intervalSeconds: 10, baseEjectionSeconds: 30 },
      maxEjectionPercent: 50,
    });
    assert.deepEqual(settings.connectionPool, {
      ...{ maxConnections: 10, connectTimeoutSeconds: undefined },
      ...{ maxRequestsPerConnection: undefined, idleTimeoutSeconds: undefined },
    });
    assert.deepEqual(resolve({ tcpKeepalive: { probes: 3 } }).settings.tcpKeepalive, {
      ...{ timeSeconds: undefined, intervalSeconds: undefined, probes: 3 },
    });
  });

  it("warns where the smallest Services would have no endpoint that may be ejected", () => {
    const warnings = (maxEjectionPercent: number) => resolve({ outlierDetection: { maxEjectionPercent } }).warnings;
    assert.deepEqual(warnings(10), [
      "traffic.outlierDetection.maxEjectionPercent: 10 ejects no endpoint of a Service with fewer than 10 endpoints.",
    ]);
    assert.match(String(warnings(34)), /fewer than 3 endpoints/);
    assert.deepEqual([warnings(50), warnings(100), resolve({ outlierDetection: {} }).warnings], [[], [], []]);
  });

  it("keeps what is given", () => {
    const retries = { attempts: 4, on: ["503"] };
    const outlierDetection = {
      ...{ consecutive5xx: 9, consecutiveGatewayErrors: 2, intervalSeconds: 3, baseEjectionSeconds: 60 },
      maxEjectionPercent: 50,
    };
    const { settings, problems } = resolve({ retries, outlierDetection, locality: "failover" });
    assert.deepEqual([settings.retries, settings.outlierDetection, problems], [retries, outlierDetection, []]);
  });

  it("sets outlier detection with failover, which may leave a whole zone", () => {
    assert.equal(resolve({ locality: "failover" }).settings.outlierDetection?.maxEjectionPercent, 100);
    assert.equal(resolve({ locality: "off" }).settings.outlierDetection, undefined);
    assert.equal(resolve({ locality: "zone-aware" }).settings.outlierDetection, undefined);
  });

  it("refuses conditions of retries that are off, and a condition twice", () => {
    assert.equal(onlyProblem(resolve({ retries: { attempts: 0, on: ["5xx"] } })).path, "traffic.retries.on");
    assert.deepEqual(placesOf(resolve({ retries: { attempts: 0 } })), []);
    assert.deepEqual(placesOf(resolve({ retries: { on: ["5xx", "5xx"] } })), ["traffic.retries.on[1]"]);
  });

  it("refuses outlier detection that never ejects, and gateway errors that never count first", () => {
    const of = (outlierDetection: NonNullable<TrafficArgs["outlierDetection"]>) =>
      placesOf(resolve({ outlierDetection }));
    const path = "traffic.outlierDetection";
    assert.deepEqual(of({ consecutive5xx: 0 }), [`${path}.consecutive5xx`]);
    assert.deepEqual(of({ consecutive5xx: 0, consecutiveGatewayErrors: 1 }), []);
    assert.deepEqual(of({ consecutiveGatewayErrors: 4 }), []);
    assert.deepEqual(of({ consecutiveGatewayErrors: 5 }), [`${path}.consecutiveGatewayErrors`]);
  });

  it("refuses empty blocks, which Istio refuses or ignores", () => {
    assert.deepEqual(placesOf(resolve({ connectionPool: {}, tcpKeepalive: {} })), [
      "traffic.connectionPool",
      "traffic.tcpKeepalive",
    ]);
  });

  it("refuses what any control plane does not read yet", () => {
    const old = { versions: ["1.31.1", "1.30.8"] };
    const args: TrafficArgs = { outlierDetection: {}, connectionPool: { maxConnections: 1 }, locality: "zone-aware" };
    assert.deepEqual(placesOf(resolve(args, old)), [
      ...["traffic.outlierDetection", "traffic.connectionPool", "traffic.locality"],
    ]);
    assert.deepEqual(placesOf(resolve(args)), []);
    const failover = resolve({ outlierDetection: {}, locality: "failover", retries: {} }, old);
    assert.deepEqual([failover.problems, failover.settings.hasDefaultPolicy], [[], false]);
  });

  it("refuses zone-aware load balancing in ambient mode, and a scope that no proxy reads", () => {
    const ambient = { mode: "ambient", sidecars: false } as const;
    assert.deepEqual(placesOf(resolve({ locality: "zone-aware", scope: "namespace" }, ambient)), [
      ...["traffic.locality", "traffic.scope"],
    ]);
    assert.deepEqual(placesOf(resolve({ locality: "failover", scope: "mesh" }, ambient)), []);
    assert.deepEqual(placesOf(resolve({ scope: "namespace" }, { mode: "ambient" })), []);
  });

  it("refuses all but the scope where istiod is configured elsewhere", () => {
    for (const profile of ["empty", "remote"] as const) {
      const args: TrafficArgs = { retries: {}, locality: "off", scope: "namespace" };
      assert.deepEqual(placesOf(resolve(args, { profile })), ["traffic.retries", "traffic.locality"]);
    }
  });
});
