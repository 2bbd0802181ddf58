import assert from "node:assert/strict";
import { addonShape } from "../../../components/inputs/kubernetes/addon-args";
import { checkShape } from "../../../components/inputs/shape";
import { placesOf } from "../../support/settings";

const places = (given: unknown) => placesOf(checkShape(addonShape, given));

describe("addonShape", () => {
  it("takes an empty block, full versions, any values and the three kinds of places", () => {
    assert.deepEqual(places({}), []);
    for (const version of ["2.29.0", "v1.2.3", "1.0.0-rc.1", "1.2.3+build"]) assert.deepEqual(places({ version }), []);
    for (const chartRepository of ["https://charts.example.com", "oci://ghcr.io/charts", "../charts"]) {
      assert.deepEqual(places({ chartRepository, values: { a: [1] } }), [], chartRepository);
    }
  });

  it("refuses ranges and tags in place of versions", () => {
    for (const version of ["2", "2.x", "latest", "^2.29.0", ""]) assert.deepEqual(places({ version }), ["version"]);
  });

  it("refuses places that Helm cannot read", () => {
    for (const chartRepository of ["ftp://charts", " ", 3]) {
      assert.deepEqual(places({ chartRepository }), ["chartRepository"]);
    }
  });
});
