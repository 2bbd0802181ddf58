import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const root = join(__dirname, "..", "..");

describe("the live tier", () => {
  it("runs each of its files, and each once", () => {
    const options: unknown = createRequire(__filename)("../live/mocharc.cjs");
    const { spec } = options as { readonly spec: readonly string[] };
    const files = readdirSync(join(root, "tests/live"), { recursive: true })
      .map((path) => `tests/live/${String(path).replaceAll("\\", "/")}`)
      .filter((path) => path.endsWith(".test.ts"));
    assert.deepEqual([...spec].sort(), files.sort());
  });
});
