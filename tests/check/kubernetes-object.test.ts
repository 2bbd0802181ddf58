import assert from "node:assert/strict";
import { at, listAt, numberAt, ownersOf, placeOf, textAt } from "../../cli/check/kubernetes-object";
import { object } from "../support/situation";

const tree = { a: { b: [{ c: "x" }], n: 3 } };

describe("looking into a tree", () => {
  it("finds what is there, of the kind that is wanted", () => {
    assert.equal(textAt(tree, "a", "b", 0, "c"), "x");
    assert.equal(numberAt(tree, "a", "n"), 3);
    assert.deepEqual(listAt(tree, "a", "b"), [{ c: "x" }]);
  });

  it("finds nothing where nothing is, or something else", () => {
    assert.equal(at(tree, "a", "z", "y"), undefined);
    assert.equal(at(null, "a"), undefined);
    assert.equal(textAt(tree, "a", "n"), "");
    assert.equal(numberAt(tree, "a", "b"), 0);
    assert.deepEqual(listAt(tree, "a"), []);
  });
});

describe("placeOf", () => {
  it("names kind, name and namespace, as far as there are any", () => {
    assert.equal(placeOf(object("Pod", { name: "a", namespace: "b" })), "Pod a in b");
    assert.equal(placeOf({ metadata: { name: "a" } }), "object a");
  });
});

describe("ownersOf", () => {
  it("goes by Helm's marks", () => {
    const marks = { "meta.helm.sh/release-name": "a", "meta.helm.sh/release-namespace": "b" };
    assert.deepEqual(ownersOf(object("Pod", { name: "p", annotations: marks })), ["Helm release a in b"]);
    assert.deepEqual(ownersOf(object("Pod", { name: "p", annotations: { "meta.helm.sh/release-name": "a" } })), [
      "Helm release a in ?",
    ]);
  });

  it("goes by the managers of fields else, but for those of a status", () => {
    const managedFields = [{ manager: "a" }, { manager: "a" }, { manager: "b", subresource: "status" }, {}];
    assert.deepEqual(ownersOf(object("Pod", { name: "p", managedFields })), ["a"]);
    assert.deepEqual(ownersOf(object("Pod", { name: "p" })), []);
  });
});
