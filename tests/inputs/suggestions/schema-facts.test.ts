import assert from "node:assert/strict";
import { z } from "zod";
import { field, publicForm } from "../../../components/inputs/form";
import { inputValue } from "../../../components/inputs/input-value";
import { factsOf, withFacts } from "../../../components/inputs/suggestions/schema-facts";
import { mapOf } from "../../../components/inputs/shape";
import { anyText } from "../../../components/inputs/text";

describe("factsOf", () => {
  it("knows what was noted of this very schema, and nothing of another", () => {
    const schema = withFacts(z.string(), { isPublic: true });
    assert.deepEqual(factsOf(schema), { isPublic: true });
    assert.equal(factsOf(z.string()), undefined);
  });

  it("knows the schema of a map's values", () => {
    const values = field(anyText);
    assert.equal(factsOf(mapOf(values))?.values, values);
  });

  it("takes a field for public only if its form is, and an Input never", () => {
    assert.equal(factsOf(field(publicForm(anyText)))?.isPublic, true);
    assert.equal(factsOf(field(anyText)), undefined);
    assert.equal(factsOf(field(inputValue(publicForm(anyText)))), undefined);
  });
});
