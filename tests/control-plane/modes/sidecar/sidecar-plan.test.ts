import assert from "node:assert/strict";
import { sidecarMode } from "../../../../components/control-plane/modes/sidecar/sidecar-plan";

describe("sidecarMode", () => {
  it("configures gateways by Istio's own API unless told otherwise", () => {
    assert.equal(sidecarMode.defaultRouting, "istio");
  });

  it("has no proxy on the nodes", () => assert.equal(sidecarMode.ztunnel, false));

  it("needs no agent and nothing of istiod while init containers redirect the pods", () => {
    assert.equal(sidecarMode.cniRequirements({ sidecarCni: false }), undefined);
    assert.deepEqual(sidecarMode.istiodRequirements({ sidecarCni: false }), {});
  });

  it("has istiod leave the init container out where the agent redirects", () => {
    assert.deepEqual(sidecarMode.istiodRequirements({ sidecarCni: true }), { cni: { enabled: true } });
    assert.deepEqual(sidecarMode.cniRequirements({ sidecarCni: true }), {});
  });
});
