import assert from "node:assert/strict";
import { registry } from "../../../components/control-plane/charts/registry";

describe("registry", () => {
  it("stands below global, where all charts read it", () => {
    assert.deepEqual(registry("docker.io/istio", { global: { hub: "x" } }), { global: { hub: "docker.io/istio" } });
  });

  it("is left out where the user names one at the top: the chart would not read ours", () => {
    assert.deepEqual(registry("docker.io/istio", { hub: "x" }), {});
    assert.deepEqual(registry("docker.io/istio", { image: "registry.example.com/ztunnel:1" }), {});
    assert.deepEqual(registry("docker.io/istio", { image: "ztunnel" }), { global: { hub: "docker.io/istio" } });
  });
});
