import assert from "node:assert/strict";
import type { AddonRelease } from "../../components/addons/addon-release";
import { checkAddonValues } from "../../components/addons/addon-values-check";
import type { Tree } from "../../components/plan/input-value";

const addon = (values: Tree): AddonRelease => ({
  name: "addon-x",
  path: "addons.x",
  releaseName: "x",
  chart: { chart: "x", version: "1.0.0", repository: "https://charts.example.com", values },
  defaults: { replicas: 1 },
  required: { service: { port: 9090 } },
  deferred: [],
  after: [],
});

describe("checkAddonValues", () => {
  it("lets the user change what nobody relies on, and say again what is required", () => {
    assert.deepEqual(checkAddonValues([addon({ replicas: 3, service: { port: 9090, type: "NodePort" } })]), []);
  });

  it("refuses what another part relies on, at the place where it was written", () => {
    assert.deepEqual(checkAddonValues([addon({ service: { port: 80 } })]), [
      {
        path: "addons.x.values.service.port",
        given: "80",
        allowed: "9090: the mesh relies on it",
        suggestion: "remove it",
      },
    ]);
  });
});
