import assert from "node:assert/strict";
import { z } from "zod";
import { mapOf, shape } from "../../../components/inputs/shape";
import { typeSuggestion } from "../../../components/inputs/suggestions/type-suggestion";

const suggestion = (given: unknown, expected: string, schema?: z.ZodType) =>
  typeSuggestion(given, { expected, allowed: "something else", schema });
const named = shape({ size: z.enum(["small"]).optional(), name: z.string().optional() });

describe("typeRemedy", () => {
  it("puts a text into the member that takes it; a name before all", () => {
    assert.equal(suggestion("small", "object", named), 'write { name: "small" }');
    assert.equal(suggestion("small", "object", shape({ size: z.enum(["small"]) })), 'write { size: "small" }');
    assert.equal(suggestion("big", "object", shape({ size: z.enum(["small"]) })), "write something else");
    // A member that takes any text says nothing of this one.
    assert.equal(suggestion("big", "object", shape({ title: z.string() })), "write something else");
    assert.equal(suggestion("big", "object"), "write something else");
    assert.equal(suggestion([{}], "object", named), "write a block of members, not a list");
  });

  it("makes a map of names to blocks of a list and of a text, and a map of values of pairs", () => {
    assert.equal(suggestion(["a", "b"], "record", mapOf(named)), "write { a: {}, b: {} }");
    assert.equal(suggestion("a,b", "record", mapOf(named)), "write { a: {}, b: {} }");
    assert.equal(suggestion(["a"], "record", mapOf(z.string())), "write something else");
    assert.equal(suggestion([], "record", mapOf(named)), "write something else");
    assert.equal(suggestion([{ key: "a", value: "b" }], "record", mapOf(z.string())), 'write { a: "b" }');
    for (const wrong of [null, { key: "a" }, { value: "b" }]) {
      assert.equal(suggestion([{ key: "a", value: "b" }, wrong], "record", mapOf(z.string())), "write something else");
    }
    assert.equal(suggestion("a", "record"), "write something else");
  });

  it("reports no value whether the defaults of a block are meant", () => {
    assert.equal(suggestion(null, "object", named), "write {} for its defaults, or remove the line");
    const required = shape({ name: z.string() });
    for (const schema of [required, z.string(), undefined])
      assert.equal(suggestion(null, "object", schema), "give it a value, or remove the line");
  });

  it("takes quotes off a boolean, and puts entries into a list", () => {
    assert.equal(suggestion("true", "boolean"), "write true without quotes");
    assert.equal(suggestion("yes", "boolean"), "write something else");
    assert.equal(suggestion("a, b", "array"), 'write ["a","b"]');
    assert.equal(suggestion(1, "array"), "write something else");
  });
});
