import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { packageVersion } from "../../cli/package-version";

describe("packageVersion", () => {
  it("is the version in package.json", () => {
    const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { readonly version: string };
    assert.equal(packageVersion(), version);
  });
});
