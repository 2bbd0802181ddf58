import assert from "node:assert/strict";
import { presets } from "../../../components/control-plane/charts/demo";

describe("presets", () => {
  it("logs and traces every request in the profile demo, and reserves little", () => {
    const { istiod, cni, ztunnel } = presets("demo");
    const small = { resources: { requests: { cpu: "10m", memory: "40Mi" } } };
    assert.deepEqual(istiod, {
      meshConfig: { accessLogFile: "/dev/stdout" },
      traceSampling: 100,
      global: { proxy: small, waypoint: small },
    });
    assert.deepEqual([cni, ztunnel], [small, small]);
  });

  it("says nothing in any other", () => {
    assert.deepEqual(presets("default"), { istiod: {}, cni: {}, ztunnel: {} });
  });
});
