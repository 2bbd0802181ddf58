import assert from "node:assert/strict";
import { drainConfig, isDrainDuration } from "../../../components/ingress/gateways/drain-config";

describe("drainConfig", () => {
  it("keeps Envoy's listeners open for as long as the agent keeps Envoy, which ends them after 45 seconds by itself", () => {
    assert.deepEqual(drainConfig(300), { drainDuration: "300s", terminationDrainDuration: "300s" });
  });
});

describe("isDrainDuration", () => {
  it("knows its members, and no other of a ProxyConfig", () => {
    const paths = ["drainDuration", "terminationDrainDuration", "concurrency"];
    assert.deepEqual(paths.map(isDrainDuration), [true, true, false]);
  });
});
