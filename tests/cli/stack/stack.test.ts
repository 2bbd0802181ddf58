import assert from "node:assert/strict";
import { closeSync, openSync } from "node:fs";
import { readText } from "../../../cli/stack/stack";

describe("readText", () => {
  it("reads a file, or standard input", () => {
    const descriptor = openSync("package.json", "r");
    try {
      assert.equal(readText("-", "--config", descriptor), readText("package.json", "--config"));
    } finally {
      closeSync(descriptor);
    }
  });

  it("names the option of a file that cannot be read", () => {
    assert.throws(
      () => readText("nowhere.yaml", "--facts"),
      /^InputError: --facts nowhere\.yaml cannot be read|--facts nowhere/,
    );
  });
});
