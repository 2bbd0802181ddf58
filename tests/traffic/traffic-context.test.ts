import assert from "node:assert/strict";
import type { IstioMeshArgs } from "../../components";
import { resolveIstioMesh } from "../../components/mesh/resolve-mesh-args";
import { smallest } from "../support/args";

const resolve = (args: Partial<IstioMeshArgs>) => resolveIstioMesh({ ...smallest, ...args });
const pathsOf = (args: Partial<IstioMeshArgs>) => resolve(args).problems.map(({ path }) => path);
const trafficWarnings = (args: Partial<IstioMeshArgs>) =>
  resolve(args).warnings.filter((warning) => warning.startsWith("traffic."));

describe("trafficContext", () => {
  it("refuses in either place of the mesh configuration what a member decides, and nothing else", () => {
    const meshConfig = {
      defaultHttpRetryPolicy: { attempts: 1 },
      localityLbSetting: { enabled: false },
      defaultTrafficPolicy: { connectionPool: { tcp: { maxConnections: 1 } } },
    };
    const traffic = { retries: {}, outlierDetection: {} };
    assert.deepEqual(pathsOf({ istio: { meshConfig }, traffic }), ["istio.meshConfig.defaultHttpRetryPolicy"]);
    assert.deepEqual(pathsOf({ istio: { values: { istiod: { meshConfig } } }, traffic: { locality: "failover" } }), [
      "istio.values.istiod.meshConfig.localityLbSetting",
    ]);
    assert.deepEqual(
      pathsOf({
        istio: { values: { istiod: { pilot: { meshConfig } } } },
        traffic: { connectionPool: { maxConnections: 2 } },
      }),
      ["istio.values.istiod.pilot.meshConfig.defaultTrafficPolicy.connectionPool"],
    );
    assert.deepEqual(pathsOf({ istio: { meshConfig } }), []);
  });

  it("looks at the canary's version too", () => {
    const istio = { version: "1.31.1", canary: { version: "1.30.8", revision: "old" } };
    assert.deepEqual(pathsOf({ istio, traffic: { outlierDetection: {} } }), ["traffic.outlierDetection"]);
    assert.deepEqual(pathsOf({ traffic: { outlierDetection: {} } }), []);
  });

  it("takes a scope wherever a namespace has sidecars", () => {
    const traffic = { scope: "namespace" } as const;
    assert.deepEqual(pathsOf({ traffic }), []);
    assert.deepEqual(pathsOf({ mode: "ambient", traffic }), ["traffic.scope"]);
    assert.deepEqual(pathsOf({ mode: "ambient", namespaces: { old: { dataplane: "sidecar" } }, traffic }), []);
  });

  it("names namespaces that have no proxy which reads it", () => {
    const namespaces = { shop: { waypoint: true }, plain: {}, out: { dataplane: "none" } } as const;
    const [warning, ...more] = trafficWarnings({ mode: "ambient", namespaces, traffic: { retries: {} } });
    assert.match(String(warning), /pods of "plain": ztunnel/);
    assert.deepEqual(more, []);
  });

  it("reports a scope beside strict mTLS, of the mesh or of a namespace, and beside registry-only", () => {
    const reported = (args: Partial<IstioMeshArgs>) => trafficWarnings({ traffic: { scope: "namespace" }, ...args });
    assert.deepEqual(reported({ namespaces: { shop: {} } }), []);
    assert.match(String(reported({ security: { mtls: "strict" } })), /: security\.mtls is strict, so/);
    assert.match(String(reported({ namespaces: { shop: { mtls: "strict" } } })), /: mtls of "shop" is strict, so/);
    const egress = { policy: "registry-only" as const, hosts: ["api.example.com"] };
    assert.match(String(reported({ egress })), /: egress\.policy is registry-only, so/);
  });
});
