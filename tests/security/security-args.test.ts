import assert from "node:assert/strict";
import { checkShape } from "../../components/inputs/shape";
import { securityShape } from "../../components/security/security-args";

describe("securityShape", () => {
  const suggestions = (trustDomain: unknown) =>
    checkShape(securityShape, { trustDomain }).problems.map(({ suggestion }) => suggestion);

  it("takes trust domains as Istio does: DNS names", () => {
    for (const one of ["cluster.local", "mesh", "a-1.example.com"]) assert.deepEqual(suggestions(one), [], one);
  });

  it("says what was probably meant", () => {
    assert.deepEqual(suggestions("spiffe://Mesh.Example.com/ns/shop"), ['write "mesh.example.com"']);
    assert.deepEqual(suggestions("my_mesh"), ["write a name such as mesh.example.com"]);
    assert.deepEqual(suggestions("mesh."), ["write a name such as mesh.example.com"]);
  });
});
