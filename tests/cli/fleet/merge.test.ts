import assert from "node:assert/strict";
import { isMap, parseDocument } from "yaml";
import { keyOf, mergeBlocks } from "../../../cli/fleet/merge";

function merged(text: string): unknown {
  const document = parseDocument(text);
  const blocks = ["a", "b", "c"].map((key) => document.get(key, true));
  const block = mergeBlocks(document, blocks);
  return isMap(block) ? (block.toJS(document) as unknown) : block;
}

describe("Blocks of a fleet file", () => {
  it("are merged member by member, the later over the earlier, each member at its first place", () => {
    const all = merged("a: { x: { one: 1, two: 2 }, y: 1 }\nb: { x: { two: 3 } }\nc: { z: 4, x: { three: 5 } }");
    assert.deepEqual(all, { x: { one: 1, two: 3, three: 5 }, y: 1, z: 4 });
    assert.deepEqual(Object.keys(all as object), ["x", "y", "z"]);
  });

  it("replace lists, values, and blocks by what is no block", () => {
    assert.deepEqual(merged("a: { x: [1, 2], y: { k: 1 } }\nb: { x: [3], y: text }"), { x: [3], y: "text" });
    assert.deepEqual(merged("a: { x: 1 }\nc: { x: { k: 1 } }"), { x: { k: 1 } });
  });

  it("are merged through anchors and aliases", () => {
    assert.deepEqual(merged("a: { x: &x { one: 1 } }\nb: { y: *x }\nc: { y: { two: 2 } }"), {
      x: { one: 1 },
      y: { one: 1, two: 2 },
    });
  });

  it("may all be missing", () => {
    assert.equal(merged("d: 1"), undefined);
  });

  it("have keys that are texts, numbers and blocks", () => {
    const { contents } = parseDocument("a: 1\n2: 1\n? { b: 1 }\n: 1");
    assert.ok(isMap(contents));
    assert.deepEqual(contents.items.map(keyOf), ["a", "2", '{"b":1}']);
  });
});
