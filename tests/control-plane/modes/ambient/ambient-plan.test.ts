import assert from "node:assert/strict";
import {
  ambientLabels,
  ambientMode,
  waypointLabels,
  waypointName,
} from "../../../../components/control-plane/modes/ambient/ambient-plan";

describe("ambientMode", () => {
  it("gives istiod and the agent the same profile, or ztunnel never gets its workloads", () => {
    for (const sidecarCni of [true, false]) {
      assert.deepEqual(ambientMode.istiodRequirements({ sidecarCni }), { profile: "ambient" });
      assert.deepEqual(ambientMode.cniRequirements({ sidecarCni }), { profile: "ambient" });
    }
  });

  it("has a proxy on each node, and Gateways of the Gateway API", () => {
    assert.equal(ambientMode.ztunnel, true);
    assert.equal(ambientMode.defaultRouting, "gateway-api");
  });
});

describe("ambientLabels", () => {
  it("is the one label that the agent looks for", () => {
    assert.deepEqual(ambientLabels, { "istio.io/dataplane-mode": "ambient" });
  });
});

describe("waypointLabels", () => {
  it("leads to the waypoint of the name that istioctl gives it, and nowhere without one", () => {
    assert.deepEqual(waypointLabels(waypointName), { "istio.io/use-waypoint": "waypoint" });
    assert.deepEqual(waypointLabels(undefined), {});
  });
});
