import assert from "node:assert/strict";
import { waypointDefaults } from "../../../components/ingress/gateways/waypoint-args";

describe("waypointDefaults", () => {
  it("has as many pods as a gateway, and one where it is only for a demonstration", () => {
    const waypoint = { name: "waypoint", namespace: "shop" };
    assert.deepEqual(waypointDefaults("shop", "waypoint", "default"), { ...waypoint, minReplicas: 2, maxReplicas: 5 });
    assert.deepEqual(waypointDefaults("shop", "waypoint", "demo"), { ...waypoint, minReplicas: 1, maxReplicas: 1 });
  });
});
