import assert from "node:assert/strict";
import { namespaceDefaults } from "../../../components/control-plane/args/istio-namespace-args";

describe("namespaceDefaults", () => {
  it("is istio-system, of which nothing is said", () => {
    assert.deepEqual(namespaceDefaults({}), {
      namespace: "istio-system",
      createNamespace: undefined,
      namespaceLabels: {},
    });
  });

  it("keeps what is given", () => {
    const given = { namespace: "mesh", createNamespace: false, namespaceLabels: { team: "platform" } };
    assert.deepEqual(namespaceDefaults({ ...given, version: "1.31.1" }), given);
  });
});
