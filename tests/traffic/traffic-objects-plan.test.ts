import assert from "node:assert/strict";
import type { IstioMeshArgs } from "../../components";
import { planTrafficObjects } from "../../components/traffic/traffic-objects-plan";
import { settingsOf } from "../support/settings";

const plan = (args: Partial<IstioMeshArgs>) =>
  planTrafficObjects(settingsOf({ traffic: { locality: "failover" }, ...args }));
const placed = (args: Partial<IstioMeshArgs>) => plan(args).map(({ metadata, after }) => [metadata.namespace, after]);
const hostsOf = (args: Partial<IstioMeshArgs>) =>
  plan({ traffic: { scope: "namespace" }, ...args }).flatMap(
    ({ body }) => (body["spec"] as { egress: readonly { hosts: readonly string[] }[] }).egress[0]?.hosts,
  );

describe("planTrafficObjects", () => {
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
