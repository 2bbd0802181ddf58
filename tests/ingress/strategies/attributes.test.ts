import assert from "node:assert/strict";
import {
  attributesText,
  checkAttributes,
  joinAttributes,
  warnOfDeletionProtection,
} from "../../../components/ingress/strategies/attributes";

const owned = { "load_balancing.cross_zone.enabled": "nlb.crossZone" };

describe("attributesText", () => {
  it("writes a=1,b=2, the only form that the controller reads", () => {
    assert.equal(attributesText({ a: 1, b: true, c: "x" }), "a=1,b=true,c=x");
    assert.equal(attributesText({}), "");
  });
});

describe("joinAttributes", () => {
  it("puts the user's behind ours, without a comma too many", () => {
    assert.equal(joinAttributes({ a: 1 }, "b=2"), "a=1,b=2");
    assert.equal(joinAttributes({ a: 1 }, undefined), "a=1");
    assert.equal(joinAttributes({ a: 1 }, ""), "a=1");
    assert.equal(joinAttributes({}, "b=2"), "b=2");
    assert.equal(joinAttributes({}, undefined), "");
  });
});

describe("checkAttributes", () => {
  it("sends the user to the member that decides an attribute, wherever in the list it stands", () => {
    const text = "deletion_protection.enabled=true, load_balancing.cross_zone.enabled=false";
    assert.deepEqual(checkAttributes(text, owned, "here"), [
      {
        path: "here",
        given: '"load_balancing.cross_zone.enabled=false"',
        allowed: "attributes that no other member decides",
        suggestion: "remove load_balancing.cross_zone.enabled=false and use nlb.crossZone",
      },
    ]);
  });

  it("knows it by its name alone, however it is written", () => {
    assert.equal(checkAttributes("load_balancing.cross_zone.enabled = true", owned, "here").length, 1);
    assert.equal(checkAttributes("load_balancing.cross_zone.enabled", owned, "here").length, 1);
  });

  it("lets through all others, and none at all", () => {
    assert.deepEqual(checkAttributes("access_logs.s3.enabled=true,constructor=1", owned, "here"), []);
    assert.deepEqual(checkAttributes(undefined, owned, "here"), []);
  });
});

describe("warnOfDeletionProtection", () => {
  it("tells beforehand that the controller refuses to delete what is protected", () => {
    assert.match(
      warnOfDeletionProtection("a=1,deletion_protection.enabled=true", "here").join(),
      /^here: .*destroy stops/,
    );
  });

  it("is silent where protection is off or not mentioned", () => {
    assert.deepEqual(warnOfDeletionProtection("deletion_protection.enabled=false", "here"), []);
    assert.deepEqual(warnOfDeletionProtection(undefined, "here"), []);
  });
});
