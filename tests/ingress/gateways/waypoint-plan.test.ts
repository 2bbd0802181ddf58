import assert from "node:assert/strict";
import { planWaypoint, planWaypoints } from "../../../components/ingress/gateways/waypoint-plan";
import type { IstioMeshArgs } from "../../../components";
import { settingsOf } from "../../support/settings";

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

describe("planWaypoints", () => {
  const plan = (args: Partial<IstioMeshArgs> = {}) =>
    planWaypoints(settingsOf({ mode: "ambient", namespaces: { shop: { waypoint: true }, blog: {} }, ...args }));

  it("plans one for each namespace that asks for it, after all that its pods and its traffic need", () => {
    assert.deepEqual(
      plan().map(({ name, after }) => [name, after]),
      [
        ["waypointparams-shop", ["namespace-shop", "crds", "istiod", "ztunnel"]],
        ["waypoint-shop", ["namespace-shop", "crds", "istiod", "ztunnel", "waypointparams-shop"]],
      ],
    );
  });

  it("spreads its pods, which it knows by the Gateway's name", () => {
    const { data } = plan()[0]?.body as { readonly data: Readonly<Record<string, string>> };
    const deployment: unknown = JSON.parse(String(data["deployment"]));
    assert.match(JSON.stringify(deployment), /"matchLabels":\{"gateway.networking.k8s.io\/gateway-name":"waypoint"\}/);
  });

  it("waits for nothing that someone else runs", () => {
    const args = { istio: { profile: "empty" }, namespaces: { shop: { waypoint: true, create: false } } } as const;
    assert.deepEqual(
      plan(args).map(({ after }) => after),
      [[], ["waypointparams-shop"]],
    );
  });

  it("plans none in sidecar mode", () => {
    assert.deepEqual(planWaypoints(settingsOf({ namespaces: { shop: {} } })), []);
  });
});
