import assert from "node:assert/strict";
import type { TrafficArgs } from "../../components/traffic/traffic-args";
import { type TrafficReaders, warnOfTraffic } from "../../components/traffic/traffic-readers";

const reported = (args: TrafficArgs, changes: Partial<TrafficReaders> = {}) =>
  warnOfTraffic(args, {
    ...{ mode: "ambient", versions: ["1.31.1"], sidecars: false },
    ...{ ambient: ["shop", "team-a"], waypoints: ["shop"], closed: undefined },
    ...changes,
  });

describe("warnOfTraffic", () => {
  it("names the namespaces whose only proxy is ztunnel", () => {
    const [warning, ...more] = reported({ retries: {}, locality: "off" });
    assert.match(String(warning), /^traffic\.retries, traffic\.locality: not between pods of "team-a": ztunnel/);
    assert.deepEqual(more, []);
    assert.deepEqual(reported({ retries: {} }, { waypoints: ["shop", "team-a"] }), []);
    assert.deepEqual(reported({ retries: {} }, { mode: "sidecar" }), []);
    assert.deepEqual(reported({ scope: "mesh" }), []);
  });

  it("names the waypoints that read no default policy, unless a DestinationRule has it", () => {
    const waypoints = { ambient: ["shop"] };
    const path = (args: TrafficArgs) => reported(args, waypoints).map((warning) => warning.replace(/: .*/, ""));
    assert.deepEqual(path({ outlierDetection: {} }), ["traffic.outlierDetection"]);
    assert.deepEqual(path({ outlierDetection: {}, locality: "failover" }), []);
    assert.deepEqual(path({ connectionPool: { maxConnections: 1 }, locality: "failover" }), ["traffic.connectionPool"]);
    assert.deepEqual(reported({ outlierDetection: {} }, { ambient: [], waypoints: [] }), []);
  });

  it("reports waypoints before 1.30.3, which keep Istio's retries", () => {
    const of = (...versions: string[]) => reported({ retries: {} }, { ambient: ["shop"], versions });
    assert.equal(of("1.30.2").length, 1);
    assert.match(String(of("1.30.2", "1.29.6")), /waypoints of Istio 1\.30\.2 and 1\.29\.6 keep/);
    assert.deepEqual(of("1.30.3"), []);
    assert.deepEqual(reported({ retries: {} }, { versions: ["1.29.6"], ambient: [], waypoints: [] }), []);
  });

  it("reports why requests to other namespaces fail with a scope", () => {
    const closed = "security.mtls is strict";
    assert.match(String(reported({ scope: "namespace" }, { closed })), /^traffic\.scope: security\.mtls is strict, so/);
    assert.deepEqual(reported({ scope: "namespace" }), []);
    assert.deepEqual(reported({ scope: "mesh" }, { closed }), []);
  });
});
