import assert from "node:assert/strict";
import { knownTree } from "../../components/inputs/known-tree";

describe("knownTree", () => {
  it("takes any block of plain values", () => {
    assert.equal(knownTree.check({ nodeAffinity: { terms: [{ key: "a" }, null, 1] } }), undefined);
  });

  it("refuses what is no block", () => {
    for (const given of [undefined, null, "text", []]) assert.equal(knownTree.check(given), "write a block of members");
  });

  it("refuses what is known later, wherever it stands: it would be written into a text", () => {
    for (const given of [{ a: Promise.resolve("b") }, { a: [{ b: Promise.resolve("c") }] }])
      assert.match(String(knownTree.check(given)), /^write plain values/);
  });
});
