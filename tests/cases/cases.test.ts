import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { casesFolder } from "../support/cases";

const namesIn = (ending: string) => readdirSync(casesFolder).filter((file) => file.endsWith(ending));
const textsOf = (ending: string) => namesIn(ending).map((file) => readFileSync(join(casesFolder, file), "utf8"));

describe("Cases", () => {
  it("are each run by a test, and say in two lines what is wanted and what is right", () => {
    const [tests, files] = [textsOf(".test.ts").join("\n"), namesIn(".yaml")];
    assert.ok(files.length > 40);
    for (const file of files) {
      assert.ok(tests.includes(`"${file.replace(".yaml", "")}"`), file);
      assert.match(readFileSync(join(casesFolder, file), "utf8"), /^# [A-Z0-9].*\n# Right: .*\nconfig:\n/, file);
    }
  });
});
