import assert from "node:assert/strict";
import { outsideMesh, urlOf, volumeOf } from "../../components/addons/addon-release";

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

describe("volumeOf", () => {
  it("leaves the class to the cluster where none is named, and calls it as the chart does", () => {
    assert.deepEqual(volumeOf({ size: "1Gi", storageClass: undefined }), { size: "1Gi" });
    assert.deepEqual(volumeOf({ size: "1Gi", storageClass: "gp3" }), { size: "1Gi", storageClass: "gp3" });
    assert.deepEqual(volumeOf({ size: "1Gi", storageClass: "gp3" }, "class"), { size: "1Gi", class: "gp3" });
  });
});
