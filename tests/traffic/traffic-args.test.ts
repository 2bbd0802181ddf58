import assert from "node:assert/strict";
import { checkShape } from "../../components/inputs/shape";
import { trafficShape } from "../../components/traffic/traffic-args";

const pathsOf = (args: object) => checkShape(trafficShape, args).problems.map(({ path }) => path);

describe("trafficShape", () => {
  it("takes every member at both ends of its range", () => {
    assert.deepEqual(
      pathsOf({
        retries: { attempts: 0 },
        outlierDetection: {
          ...{ consecutive5xx: 0, consecutiveGatewayErrors: 1000, intervalSeconds: 1, baseEjectionSeconds: 86_400 },
          maxEjectionPercent: 100,
        },
        connectionPool: {
          ...{
            maxConnections: 1,
            connectTimeoutSeconds: 3600,
            maxRequestsPerConnection: 1,
            idleTimeoutSeconds: 86_400,
          },
        },
        locality: "zone-aware",
        tcpKeepalive: { timeSeconds: 32_767, intervalSeconds: 1, probes: 127 },
        scope: "namespace",
      }),
      [],
    );
  });

  it("refuses what Envoy or Linux would not take, and what Istio takes for no limit", () => {
    assert.deepEqual(
      pathsOf({
        retries: { attempts: -1, on: ["sometimes"] },
        outlierDetection: { maxEjectionPercent: 0, intervalSeconds: 0 },
        connectionPool: { maxConnections: 0 },
        locality: "on",
        tcpKeepalive: { timeSeconds: 32_768, probes: 128 },
        scope: "cluster",
      }).sort(),
      [
        ...["retries.attempts", "retries.on[0]", "outlierDetection.maxEjectionPercent"],
        ...["outlierDetection.intervalSeconds", "connectionPool.maxConnections", "locality"],
        ...["tcpKeepalive.timeSeconds", "tcpKeepalive.probes", "scope"],
      ].sort(),
    );
  });
});
