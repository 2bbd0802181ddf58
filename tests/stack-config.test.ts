import assert from "node:assert/strict";
import { checkConfigKeys } from "../components/stack-config";

describe("checkConfigKeys", () => {
  const reported = (...keys: readonly string[]) =>
    checkConfigKeys("istio-mesh", keys).map((one) => `${one.path}: ${one.suggestion}`);

  it("takes the one key that holds the mesh, and the keys of other providers", () => {
    assert.deepEqual(reported("istio-mesh:mesh", "aws:region", "pulumi:tags", "istio-mesh-other:x"), []);
  });

  it("has a member of the arguments moved below that key, and says by which command", () => {
    assert.deepEqual(reported("istio-mesh:cluster"), [
      "istio-mesh:cluster: move it below istio-mesh:mesh, such as: pulumi config set --path mesh.cluster …",
    ]);
  });

  it("finds the key behind a typing error", () => {
    assert.deepEqual(reported("istio-mesh:mehs", "istio-mesh:Mesh", "istio-mesh:msh"), [
      "istio-mesh:mehs: move it below istio-mesh:mesh, such as: pulumi config set --path mesh.mehs …",
      'istio-mesh:Mesh: did you mean "istio-mesh:mesh"?',
      'istio-mesh:msh: did you mean "istio-mesh:mesh"?',
    ]);
  });

  it("says what is given and allowed, and shows no value: it may be a secret", () => {
    const [found] = checkConfigKeys("istio-mesh", ["istio-mesh:mode"]);
    assert.equal(found?.given, '"a configuration key"');
    assert.equal(found?.allowed, "istio-mesh:mesh, which holds all arguments of the mesh");
  });
});
