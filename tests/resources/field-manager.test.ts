import assert from "node:assert/strict";
import { ownedByUs } from "../../components/resources/field-manager";

const transform = (props: object, type = "kubernetes:v1:ConfigMap") =>
  ownedByUs({ custom: true, type, name: "x", props, opts: { protect: true } });

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

  it("takes over the guard of the bundle, whose defaults the API server takes for another's, but no definition", () => {
    const forced = (type: string) => {
      const { props } = transform({ metadata: { name: "x" } }, type) ?? {};
      return (props as { metadata: { annotations: Record<string, string> } }).metadata.annotations[
        "pulumi.com/patchForce"
      ];
    };
    assert.equal(forced("kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy"), "true");
    assert.equal(forced("kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding"), "true");
    assert.equal(forced("kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition"), undefined);
  });

  it("leaves alone what is no object, such as the manifest itself", () => {
    assert.equal(transform({ file: "bundle.yaml" }), undefined);
  });
});
