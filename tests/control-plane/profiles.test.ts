import assert from "node:assert/strict";
import { profilesWithoutIstiod } from "../../components/control-plane/profiles";

describe("profilesWithoutIstiod", () => {
  it("are those whose istiod someone else installs, or that runs elsewhere", () => {
    assert.deepEqual(profilesWithoutIstiod, ["empty", "remote"]);
  });
});
