import assert from "node:assert/strict";
import { planTraffic, planTrafficObjects } from "../../components/traffic/traffic-plan";
import { traffic, settingsOf } from "../support/settings";
import type { IstioMeshArgs } from "../../components";

const place = { rootNamespace: "mesh-root", shared: ["istio-system", "mesh-root", "istio-system"], after: ["istiod"] };
const outlierDetection = {
  ...{ consecutive5xx: 5, consecutiveGatewayErrors: undefined, intervalSeconds: 10, baseEjectionSeconds: 30 },
  maxEjectionPercent: 100,
};

describe("planTraffic", () => {
  it("plans no object for what the mesh configuration says", () => {
    assert.deepEqual(planTraffic(traffic(), place), []);
    assert.deepEqual(planTraffic(traffic({ outlierDetection, locality: "zone-aware" }), place), []);
    assert.deepEqual(planTraffic(traffic({ locality: "failover" }), place), []);
  });

  it("plans a DestinationRule of all Services with failover: Istio sorts endpoints by zone for no other host", () => {
    assert.deepEqual(planTraffic(traffic({ outlierDetection, locality: "failover" }), place), [
      {
        name: "traffic-policy",
        after: ["istiod"],
        apiVersion: "networking.istio.io/v1",
        kind: "DestinationRule",
        metadata: { name: "mesh-default", namespace: "mesh-root" },
        body: {
          spec: {
            host: "*.local",
            trafficPolicy: {
              outlierDetection: {
                ...{ consecutive5xxErrors: 5, interval: "10s", baseEjectionTime: "30s", maxEjectionPercent: 100 },
              },
            },
          },
        },
      },
    ]);
  });

  it("plans the Sidecar of all namespaces with a scope, each namespace once", () => {
    assert.deepEqual(planTraffic(traffic({ scope: "namespace" }), place), [
      {
        name: "sidecar-scope",
        after: ["istiod"],
        apiVersion: "networking.istio.io/v1",
        kind: "Sidecar",
        metadata: { name: "mesh-default", namespace: "mesh-root" },
        body: { spec: { egress: [{ hosts: ["./*", "istio-system/*", "mesh-root/*"] }] } },
      },
    ]);
  });
});

describe("planTrafficObjects", () => {
  const plan = (args: Partial<IstioMeshArgs>) =>
    planTrafficObjects(settingsOf({ traffic: { locality: "failover" }, ...args }));
  const placed = (args: Partial<IstioMeshArgs>) => plan(args).map(({ metadata, after }) => [metadata.namespace, after]);
  const hostsOf = (args: Partial<IstioMeshArgs>) =>
    plan({ traffic: { scope: "namespace" }, ...args }).flatMap(
      ({ body }) => (body["spec"] as { egress: readonly { hosts: readonly string[] }[] }).egress[0]?.hosts,
    );

  it("comes after the namespace and the istiod whose webhook validates it, into the root namespace", () => {
    assert.deepEqual(placed({}), [["istio-system", ["namespace-istio-system", "istiod"]]]);
    const istio = { meshConfig: { rootNamespace: "mesh-config" } };
    assert.deepEqual(placed({ istio }), [["mesh-config", ["istiod"]]]);
  });

  it("keeps to every sidecar what it needs: the control plane, the way out, and the collector of spans", () => {
    assert.deepEqual(hostsOf({}), ["./*", "istio-system/*"]);
    assert.deepEqual(
      hostsOf({
        egress: { hosts: ["api.example.com"] },
        istio: { meshConfig: { rootNamespace: "mesh-config" } },
        telemetry: { tracing: { provider: "otlp", service: "otel.observability.svc.cluster.local" } },
      }),
      ["./*", "istio-system/*", "mesh-config/*", "istio-egress/*", "observability/*"],
    );
  });
});
