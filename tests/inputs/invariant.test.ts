import assert from "node:assert/strict";
import { invariant } from "../../components/inputs/invariant";

describe("invariant", () => {
  it("returns what is there", () => assert.equal(invariant("", "a name"), ""));

  it("throws where it is missing, and names it", () => {
    assert.throws(
      () => invariant(undefined, "the path of web"),
      /^Error: istio-eks has a bug: the path of web is missing$/,
    );
  });
});
