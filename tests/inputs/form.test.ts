import assert from "node:assert/strict";
import { field, patternForm, textForm } from "../../components/inputs/form";
import { checkShape, shape } from "../../components/inputs/shape";

describe("textForm", () => {
  const form = textForm("a colour", (given) => (given === "red" ? undefined : "write red"));

  it("checks texts, and reports what is allowed", () => {
    assert.equal(form.check("red"), undefined);
    assert.equal(form.check("blue"), "write red");
    assert.equal(form.allowed, "a colour");
  });

  it("has texts that YAML read as a number or a boolean put in quotes", () => {
    const any = textForm("a text", () => undefined);
    assert.equal(any.check(1.31), 'put it in quotes: "1.31"');
    assert.equal(any.check(true), 'put it in quotes: "true"');
    const toggle = textForm("on or off", (given) => (["on", "off"].includes(given) ? undefined : "write on or off"));
    assert.deepEqual([toggle.check(false), toggle.check(true)], ['put it in quotes: "off"', 'put it in quotes: "on"']);
  });

  it("suggests no quotes around what it would refuse as a text too", () => {
    for (const given of [1.31, true, false]) assert.equal(form.check(given), "write red");
  });

  it("knows the null of a YAML key without value", () => {
    assert.equal(form.check(null), "give it a value, or remove the line");
  });

  it("reports what to write in place of a block, a list or nothing", () => {
    for (const given of [{}, [], undefined]) assert.equal(form.check(given), "write a colour");
  });
});

describe("patternForm", () => {
  it("tells in words, not by the pattern, what to write", () => {
    const form = patternForm("a digit", /^\d$/);
    assert.equal(form.check("7"), undefined);
    assert.equal(form.check("77"), "write a digit");
  });
});

describe("field", () => {
  it("carries words and suggestion of its form through zod to the reader", () => {
    const members = shape({ colour: field(textForm("a colour", () => "write red")) });
    assert.deepEqual(checkShape(members, { colour: "blue" }).problems, [
      { path: "colour", given: '"blue"', allowed: "a colour", suggestion: "write red" },
    ]);
  });

  it("is required unless it is said to be optional", () => {
    const required = shape({ colour: field(textForm("a colour", () => undefined)) });
    assert.deepEqual(
      checkShape(required, {}).problems.map(({ path, given }) => [path, given]),
      [["colour", "nothing"]],
    );
    const optional = shape({ colour: field(textForm("a colour", () => undefined)).optional() });
    assert.deepEqual(checkShape(optional, {}).problems, []);
  });
});
