import assert from "node:assert/strict";
import { installs, revisionsOf } from "../../components/control-plane/control-planes";
import { settingsOf } from "../support/settings";

describe("installs", () => {
  it("is true unless someone else runs Istio", () => {
    assert.equal(installs(settingsOf()), true);
    assert.equal(installs(settingsOf({ istio: { profile: "empty" } })), false);
  });
});

describe("revisionsOf", () => {
  it("names the main control plane, then the canary", () => {
    const names = (args: Parameters<typeof settingsOf>[0]) =>
      revisionsOf(settingsOf(args)).map(({ revision }) => revision);
    assert.deepEqual(names({}), [""]);
    assert.deepEqual(names({ istio: { canary: { version: "1.31.1", revision: "next" } } }), ["", "next"]);
  });
});
