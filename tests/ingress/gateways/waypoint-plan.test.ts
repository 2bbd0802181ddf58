import assert from "node:assert/strict";
import { planWaypoint } from "../../../components/ingress/gateways/waypoint-plan";

const plan = (revision = "") =>
  planWaypoint({
    waypoint: { name: "waypoint", namespace: "shop", minReplicas: 2, maxReplicas: 5 },
    revision,
    spread: [],
    rollout: {},
    after: ["ztunnel"],
  });

describe("planWaypoint", () => {
  it("makes the parameters, then a Gateway of the class that istiod turns into a waypoint", () => {
    const [parameters, gateway, ...others] = plan();
    assert.deepEqual(others, []);
    assert.deepEqual([parameters?.name, parameters?.after], ["waypointparams-shop", ["ztunnel"]]);
    assert.deepEqual(gateway, {
      name: "waypoint-shop",
      after: ["ztunnel", "waypointparams-shop"],
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "Gateway",
      metadata: {
        name: "waypoint",
        namespace: "shop",
        labels: { "istio.io/waypoint-for": "service" },
        annotations: { "pulumi.com/waitFor": "condition=Programmed" },
      },
      body: {
        spec: {
          gatewayClassName: "istio-waypoint",
          infrastructure: { parametersRef: { group: "", kind: "ConfigMap", name: parameters?.metadata.name } },
          listeners: [{ name: "mesh", port: 15008, protocol: "HBONE" }],
        },
      },
    });
  });

  it("belongs to the revision that runs it", () => {
    assert.equal(plan("blue")[1]?.metadata.labels?.["istio.io/rev"], "blue");
  });
});
