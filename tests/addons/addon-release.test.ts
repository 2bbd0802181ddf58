import assert from "node:assert/strict";
import { outsideMesh, urlOf } from "../../components/addons/addon-release";

describe("urlOf", () => {
  it("names a Service of an add-on and its port", () => {
    assert.equal(urlOf("prometheus", { namespace: "istio-system" }, 9090), "http://prometheus.istio-system:9090");
  });
});

describe("outsideMesh", () => {
  it("keeps pods out of either data plane, in namespaces that are enrolled too", () => {
    assert.deepEqual(outsideMesh, { "sidecar.istio.io/inject": "false", "istio.io/dataplane-mode": "none" });
  });
});
