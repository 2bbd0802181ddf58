import assert from "node:assert/strict";
import { checkEmpty } from "../../../components/control-plane/args/empty-profile-check";
import { placesOf } from "../../support/settings";

describe("checkEmpty", () => {
  it("refuses what no chart would read, and no chart is installed", () => {
    const args = { createNamespace: false, namespaceLabels: { team: "a" }, imageHub: "r/istio", version: "1.31.1" };
    assert.deepEqual(placesOf({ problems: checkEmpty({ ...args, profile: "empty" }) }), [
      "istio.imageHub",
      "istio.createNamespace",
      "istio.namespaceLabels",
    ]);
    assert.deepEqual(checkEmpty(args), []);
  });
});
