import assert from "node:assert/strict";
import { findingsOf } from "../../cli/check/finding";

const finding = findingsOf({
  name: "tea",
  title: "Tea",
  how: "taste it",
  kinds: {
    cold: { level: "problem", what: "It has {degrees} degrees.", suggestion: "Heat it to {wanted}." },
    good: { level: "ok", what: "Good." },
  },
});

describe("findingsOf", () => {
  it("fills in what was found", () => {
    assert.deepEqual(finding("cold", "cup", { degrees: 12, wanted: "90" }), {
      ...{ id: "tea/cold", level: "problem", where: "cup" },
      ...{ what: "It has 12 degrees.", how: "taste it", suggestion: "Heat it to 90." },
    });
  });

  it("has no suggestion for what is fine", () => {
    assert.ok(!("remedy" in finding("good", "cup")));
  });

  it("can say of every subject that nobody could look", () => {
    const { id, level, what } = finding("unknown", "cup", { why: "no cup" });
    assert.deepEqual({ id, level, what }, { id: "tea/unknown", level: "unknown", what: "Not checked: no cup." });
  });

  it("does not show a place that nobody fills", () => {
    assert.throws(() => finding("cold", "cup", { degrees: 1 }), /tea\/cold has no wanted; this is a bug/);
  });
});
