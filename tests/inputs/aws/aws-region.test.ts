import assert from "node:assert/strict";
import { closestRegion, isKnownRegion, regionPattern } from "../../../components/inputs/aws/aws-region";

describe("regions of AWS", () => {
  it("are known in every partition, and have the form of a region", () => {
    for (const region of ["eu-central-1", "ap-southeast-7", "cn-northwest-1", "us-gov-east-1", "eusc-de-east-1"]) {
      assert.ok(isKnownRegion(region), region);
      assert.match(region, regionPattern);
    }
    assert.ok(!isKnownRegion("eu-central-9"));
    for (const other of ["Frankfurt", "eu-central", "eu-central-1a", "EU-CENTRAL-1"])
      assert.doesNotMatch(other, regionPattern);
  });

  it("are found by what was probably meant", () => {
    assert.equal(closestRegion("eu-centrall-1"), "eu-central-1");
    assert.equal(closestRegion("Frankfurt"), undefined);
  });
});
