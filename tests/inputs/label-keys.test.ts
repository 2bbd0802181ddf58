import assert from "node:assert/strict";
import { checkKeys } from "../../components/inputs/label-keys";
import { placesOf } from "../support/settings";

describe("checkKeys", () => {
  it("finds keys that Kubernetes refuses", () => {
    assert.deepEqual(placesOf({ problems: checkKeys({ "a.b/c": "d", "my team": "e" }, "labels") }), [
      'labels["my team"]',
    ]);
    assert.deepEqual(checkKeys(undefined, "labels"), []);
  });
});
