import assert from "node:assert/strict";
import { checkShape } from "../../../components/inputs/shape";
import { namespaceShape, withEmptyNamespaces } from "../../../components/control-plane/namespaces/namespace-args";

const reported = (args: object) =>
  checkShape(namespaceShape, args).problems.map(({ path, suggestion }) => `${path}: ${suggestion}`);

describe("namespaceShape", () => {
  it("takes a namespace about which nothing is said", () => assert.deepEqual(reported({}), []));

  it("takes all that can be said of one", () => {
    const args = {
      create: false,
      dataplane: "sidecar",
      revision: "prod",
      waypoint: true,
      mtls: "strict",
      networkPolicies: true,
      labels: { team: "a" },
    };
    assert.deepEqual(reported(args), []);
  });

  it("knows three ways to take part", () => {
    assert.deepEqual(reported({ dataplane: "Ambient" }), ['dataplane: did you mean "ambient"?']);
    assert.deepEqual(reported({ dataplane: "off" }), ['dataplane: write one of "sidecar", "ambient", "none"']);
    assert.deepEqual(reported({ dataplane: "none" }), []);
  });

  it("refuses revisions with dots and labels' values that Kubernetes refuses", () => {
    assert.deepEqual(reported({ revision: "1.31.1", labels: { owner: "a b" } }).length, 2);
  });

  it("finds the label of other tools that was meant as a member", () => {
    assert.deepEqual(reported({ dataPlane: "ambient" }), ['dataPlane: did you mean "dataplane"?']);
  });
});

describe("withEmptyNamespaces", () => {
  it("makes of a name without a value a namespace with every default, and changes nothing else", () => {
    const [mode, shop] = ["ambient", { mtls: "strict" }];
    assert.deepEqual(withEmptyNamespaces({ mode, namespaces: { shop, web: null } }), {
      mode,
      namespaces: { shop, web: {} },
    });
    for (const other of [undefined, null, "x", [], { mode }, { namespaces: null }, { namespaces: ["shop"] }])
      assert.equal(withEmptyNamespaces(other), other);
  });
});
