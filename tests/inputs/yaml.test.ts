import assert from "node:assert/strict";
import { parseYaml } from "../../components/inputs/yaml";

describe("parseYaml", () => {
  it("reads YAML, and JSON with it", () => {
    assert.deepEqual(parseYaml("a: [1, b]"), { a: [1, "b"] });
    assert.deepEqual(parseYaml('{"a": [1, "b"]}'), { a: [1, "b"] });
  });

  it("throws where the text is neither", () => assert.throws(() => parseYaml("a: [")));
});
