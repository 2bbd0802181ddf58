import assert from "node:assert/strict";
import { remoteAddresses, remoteParts } from "../../../components/control-plane/charts/remote";

describe("remoteAddresses", () => {
  it("finds both addresses where the chart does, also below its block pilot", () => {
    assert.deepEqual(remoteAddresses({ global: { remotePilotAddress: "192.0.2.1" } }), {
      service: "192.0.2.1",
      injection: undefined,
    });
    assert.equal(remoteAddresses({ istiodRemote: { injectionURL: "https://x" } }).injection, "https://x");
    assert.equal(remoteAddresses({ pilot: { istiodRemote: { injectionURL: "https://x" } } }).injection, "https://x");
  });
});

describe("remoteParts", () => {
  it("makes nothing here unless it is told to", () => {
    assert.deepEqual(remoteParts({}), { injector: false, meshConfig: false });
    assert.deepEqual(remoteParts({ configMap: "true", istiodRemote: { enabledLocalInjectorIstiod: false } }), {
      injector: false,
      meshConfig: false,
    });
  });

  it("makes an injector and the mesh configuration where the values say so", () => {
    assert.equal(remoteParts({ istiodRemote: { enabledLocalInjectorIstiod: true } }).injector, true);
    assert.equal(remoteParts({ configMap: true }).meshConfig, true);
    assert.equal(remoteParts({ pilot: { configMap: true } }).meshConfig, true);
  });
});
