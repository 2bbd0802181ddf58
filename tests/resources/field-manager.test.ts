import assert from "node:assert/strict";
import { ownedByUs } from "../../components/resources/field-manager";

const transform = (props: object) =>
  ownedByUs({ custom: true, type: "kubernetes:v1:ConfigMap", name: "x", props, opts: { protect: true } });

describe("ownedByUs", () => {
  it("names one field manager for every object, beside the annotations it has", () => {
    const metadata = { name: "x", annotations: { bundle: "v1.5.1" } };
    assert.deepEqual(transform({ kind: "ConfigMap", metadata }), {
      props: {
        kind: "ConfigMap",
        metadata: { name: "x", annotations: { bundle: "v1.5.1", "pulumi.com/patchFieldManager": "istio-eks" } },
      },
      opts: { protect: true },
    });
  });

  it("leaves alone what is no object, such as the manifest itself", () => {
    assert.equal(transform({ file: "bundle.yaml" }), undefined);
  });
});
