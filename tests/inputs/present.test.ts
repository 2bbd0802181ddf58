import assert from "node:assert/strict";
import { present } from "../../components/inputs/present";

describe("present", () => {
  it("leaves out what is unset, and keeps null, which in Helm takes a default away", () => {
    assert.deepEqual(Object.keys(present({ a: undefined, b: null, c: 0, d: "" })), ["b", "c", "d"]);
  });
});
