import assert from "node:assert/strict";
import type { ControlPlaneArgs } from "../../../components/control-plane/args/control-plane-args";
import type { IstioArgs } from "../../../components/control-plane/args/istio-args";
import { checkRemote, warnOfRemote } from "../../../components/control-plane/args/remote-check";

const address = { global: { remotePilotAddress: "192.0.2.1" } };
const remote = (args: IstioArgs = {}, istiod: object = {}): IstioArgs => ({
  profile: "remote",
  values: { istiod: { ...address, ...istiod } },
  ...args,
});
const reported = (args: IstioArgs, controlPlane: ControlPlaneArgs = {}) =>
  warnOfRemote(args, controlPlane).map((warning) => warning.split(": ").slice(0, 2).join(": "));

describe("checkRemote", () => {
  it("wants to know where the control plane is, and nothing of other profiles", () => {
    assert.equal(checkRemote({ profile: "remote" })[0]?.path, "istio.values.istiod");
    assert.deepEqual(checkRemote(remote()), []);
    assert.deepEqual(
      checkRemote({
        profile: "remote",
        values: { istiod: { pilot: { istiodRemote: { injectionURL: "https://x" } } } },
      }),
      [],
    );
    assert.deepEqual(checkRemote({}), []);
  });
});

describe("warnOfRemote", () => {
  it("has nothing to say of what is said nowhere, and of control planes that are here", () => {
    assert.deepEqual(reported(remote()), []);
    assert.deepEqual(reported({ meshConfig: {}, imageHub: "h" }, { minReplicas: 3 }), []);
  });

  it("reports what would be said to nobody", () => {
    const args = { meshConfig: { accessLogFile: "/dev/stdout" }, imageHub: "registry.example.com" };
    assert.deepEqual(reported(remote(args), { minReplicas: 3 }), [
      "istio.meshConfig: nothing reads it",
      "controlPlane: nothing reads it",
      "istio.imageHub: nothing reads it",
    ]);
    assert.deepEqual(reported({ ...args, profile: "remote" }, {}), [
      "istio.meshConfig: nothing reads it",
      "istio.imageHub: nothing reads it",
    ]);
  });

  it("knows what the values have made here after all", () => {
    const here = { configMap: true, istiodRemote: { enabledLocalInjectorIstiod: true } };
    assert.deepEqual(reported(remote({ meshConfig: {}, imageHub: "h" }, here), { minReplicas: 3 }), []);
  });

  it("says what the CNI agent needs of the control plane elsewhere", () => {
    assert.deepEqual(reported(remote({ imageHub: "h", sidecarCni: true })), [
      "istio.sidecarCni: the remote control plane must inject for it",
    ]);
  });
});
