import assert from "node:assert/strict";
import { waypointDefaults, resolveWaypoints } from "../../../components/ingress/gateways/waypoint-args";
import { egress, settingsOf } from "../../support/settings";

describe("waypointDefaults", () => {
  it("has as many pods as a gateway, and one where it is only for a demonstration", () => {
    const waypoint = { name: "waypoint", namespace: "shop" };
    assert.deepEqual(waypointDefaults("shop", "waypoint", "default"), { ...waypoint, minReplicas: 2, maxReplicas: 5 });
    assert.deepEqual(waypointDefaults("shop", "waypoint", "demo"), { ...waypoint, minReplicas: 1, maxReplicas: 1 });
  });
});

describe("resolveWaypoints", () => {
  const { namespaces } = settingsOf({ mode: "ambient", namespaces: { shop: { waypoint: true }, blog: {} } });

  it("has one for each namespace that asks for it, and the one through which traffic leaves", () => {
    const waypoint = { name: "istio-egress", namespace: "istio-egress", minReplicas: 2, maxReplicas: 5 };
    const leaving = egress({ gateway: { kind: "waypoint", waypoint } });
    const ofShop = { ...waypoint, name: "waypoint", namespace: "shop" };
    assert.deepEqual(resolveWaypoints(namespaces, leaving, "default"), [ofShop, waypoint]);
    assert.deepEqual(resolveWaypoints(namespaces, egress(), "default"), [ofShop]);
  });
});
