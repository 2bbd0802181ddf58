import assert from "node:assert/strict";
import fc from "fast-check";
import { readableName } from "../../components/inputs/readable-name";

describe("readableName", () => {
  it("can be read, and is what Kubernetes takes as a name of one label", () => {
    assert.equal(readableName("Shop.example.com/cart", 63), "shop-example-com-cart-e2472890");
    assert.match(readableName("*.example.com", 63), /^example-com-[0-9a-f]{8}$/);
    assert.match(readableName("*", 63), /^[0-9a-f]{8}$/);
  });

  it("is as long as allowed at most, and ends no part with a hyphen", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), fc.integer({ min: 12, max: 150 }), (text, length) => {
        const name = readableName(text, length);
        assert.ok(name.length <= length);
        assert.match(name, /^[a-z0-9]+(-[a-z0-9]+)*$/);
        assert.equal(name, readableName(text, length));
      }),
    );
  });

  it("tells apart what reads alike", () => {
    const texts = ["a-b.c", "a.b-c", "a.b.c", "*.a.b.c", "a b.c", "A.b.c", `${"a".repeat(99)}1`, `${"a".repeat(99)}2`];
    assert.equal(new Set(texts.map((text) => readableName(text, 40))).size, texts.length);
  });
});
