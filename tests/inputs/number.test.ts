import assert from "node:assert/strict";
import { percentage, wholeNumber } from "../../components/inputs/number";
import { accepts } from "../support/forms";

describe("wholeNumber", () => {
  const form = wholeNumber(2, 10);

  it("takes both limits and what lies between", () => accepts(form, 2, 10, 7));

  it("refuses what lies beyond them, fractions, and what is no number at all", () => {
    for (const given of [1, 11, -3, 2.5, Number.NaN, Number.POSITIVE_INFINITY, true, "seven", [], {}, undefined]) {
      assert.equal(form.check(given), "write a whole number from 2 to 10", String(given));
    }
  });

  it("has a number taken out of its quotes", () => assert.equal(form.check("7"), "write 7 without quotes"));

  it("does not have a number taken out of its quotes that would be refused without them", () => {
    assert.equal(form.check("70"), "write a whole number from 2 to 10");
  });

  it("knows the null of a YAML key without value", () => {
    assert.equal(form.check(null), "give it a value, or remove the line");
  });
});

describe("percentage", () => {
  it("takes both limits and fractions between", () => accepts(percentage, 0, 100, 0.01, 12.5));

  it("refuses what lies beyond them, and what is no number at all", () => {
    for (const given of [-0.1, 100.5, Number.NaN, true, "all", [], "101%"]) {
      assert.equal(percentage.check(given), "write a number from 0 to 100, such as 5 or 0.5", String(given));
    }
  });

  it("has a number taken out of its quotes, and its sign away", () => {
    assert.equal(percentage.check("0.5"), "write 0.5 without quotes");
    assert.equal(percentage.check("5 %"), "write 5 without quotes");
  });

  it("knows the null of a YAML key without value", () => {
    assert.equal(percentage.check(null), "give it a value, or remove the line");
  });
});
