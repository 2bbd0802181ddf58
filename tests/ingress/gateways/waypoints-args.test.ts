import assert from "node:assert/strict";
import { resolveWaypoints } from "../../../components/ingress/gateways/waypoints-args";
import { egress, settingsOf } from "../../support/settings";

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
