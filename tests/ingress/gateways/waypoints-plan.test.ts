import assert from "node:assert/strict";
import type { IstioMeshArgs } from "../../../components";
import { planWaypoints } from "../../../components/ingress/gateways/waypoints-plan";
import { settingsOf } from "../../support/settings";

const plan = (args: Partial<IstioMeshArgs> = {}) =>
  planWaypoints(settingsOf({ mode: "ambient", namespaces: { shop: { waypoint: true }, blog: {} }, ...args }));

describe("planWaypoints", () => {
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
