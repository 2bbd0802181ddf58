import assert from "node:assert/strict";
import type { IstioMeshArgs } from "../../components";
import { planPolicyObjects, planRoutingObjects } from "../../components/mesh/ordered-plans";
import { clusterFacts, settingsOf } from "../support/settings";

describe("the objects of a mesh", () => {
  const args: Partial<IstioMeshArgs> = {
    mode: "ambient",
    ingress: {
      strategy: "nlb",
      routing: "gateway-api",
      hostnames: ["shop.example.com"],
      routes: [{ host: "shop.example.com", service: "web", namespace: "shop", port: 80 }],
    },
    namespaces: { shop: { waypoint: true, mtls: "strict" } },
    egress: { hosts: ["api.example.com"] },
    telemetry: { accessLogs: "json" },
  };
  const kinds = (plans: ReturnType<typeof planPolicyObjects>) => [...new Set(plans.map(({ kind }) => kind))];

  it("that lead requests are there before those that hold for everybody", () => {
    const settings = settingsOf(args);
    assert.deepEqual(kinds(planRoutingObjects(settings, clusterFacts)), [
      "ConfigMap",
      "Gateway",
      "HTTPRoute",
      "ServiceEntry",
    ]);
    assert.deepEqual(kinds(planPolicyObjects(settings)), ["Namespace", "PeerAuthentication", "Telemetry"]);
  });
});
