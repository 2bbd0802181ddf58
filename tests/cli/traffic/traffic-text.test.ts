import assert from "node:assert/strict";
import { podsText } from "../../../cli/traffic/traffic-text";

describe("podsText", () => {
  it("names the range, or the one number", () => {
    assert.equal(podsText({ min: 2, max: 5 }), "2 to 5 pods");
    assert.equal(podsText({ min: 3, max: 3 }), "3 pods");
    assert.equal(podsText({ min: 1, max: 1 }), "1 pod");
  });
});
