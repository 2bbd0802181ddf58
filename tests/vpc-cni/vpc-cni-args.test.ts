import assert from "node:assert/strict";
import { checkShape } from "../../components/inputs/shape";
import { vpcCniShape } from "../../components/vpc-cni/vpc-cni-args";
import { placesOf } from "../support/settings";

const wrong = (args: object) => placesOf(checkShape(vpcCniShape, args));

describe("vpcCniShape", () => {
  it("takes a mode, and the one way to apply it", () => {
    assert.deepEqual(wrong({}), []);
    assert.deepEqual(wrong({ podSecurityGroupEnforcingMode: "strict", apply: "patch" }), []);
  });

  it("refuses other words and names", () => {
    assert.deepEqual(wrong({ podSecurityGroupEnforcingMode: "off", apply: true, mode: "strict" }), [
      "podSecurityGroupEnforcingMode",
      "apply",
      "mode",
    ]);
  });
});
