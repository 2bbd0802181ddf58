import assert from "node:assert/strict";
import { duplicates, oneOf } from "../../components/inputs/list";

describe("duplicates", () => {
  it("reports every entry that stood in the list before, at its own place", () => {
    const found = duplicates(["a", "b", "a", "a"], "ingress.hostnames");
    assert.deepEqual(
      found.map(({ path, given }) => [path, given]),
      [
        ["ingress.hostnames[2]", '"a"'],
        ["ingress.hostnames[3]", '"a"'],
      ],
    );
  });

  it("names no other place: entries that have a problem of their own are not counted here", () => {
    for (const { suggestion, allowed } of duplicates(["a", "a"], "list")) {
      assert.doesNotMatch(`${suggestion} ${allowed}`, /\[\d+\]/);
    }
  });

  it("is silent about a list without repetition", () => assert.deepEqual(duplicates(["a", "b"], "list"), []));
});

describe("oneOf", () => {
  it("reads like a sentence", () => {
    assert.equal(oneOf(["a"]), '"a"');
    assert.equal(oneOf(["a", "b"]), '"a" or "b"');
    assert.equal(oneOf(["a", "b", "c"]), '"a", "b" or "c"');
  });

  it("says so when there is nothing to choose from", () => assert.equal(oneOf([]), "nothing"));
});
